using Pep668.Environments;

namespace Pep668.Tests.Environments;

/// <summary>Programs that are named like an interpreter and only start one.</summary>
public sealed class InterpreterLauncherTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("/home/user/.pyenv/shims/python3", true)]
    [InlineData("/mnt/c/Users/user/AppData/Local/Microsoft/WindowsApps/python.exe", true)]
    [InlineData("/mnt/c/Users/user/AppData/Local/Microsoft/WindowsApps/PythonSoftwareFoundation.Python.3.13/python.exe", true)]
    [InlineData("/mnt/c/bin/python.exe", true)]
    [InlineData("/mnt/c/WindowsApps/python.exe", false)]
    [InlineData("/mnt/c/other/python.exe", false)]
    [InlineData("/usr/bin/python3", false)]
    public void Launcher_is_recognized_by_its_folder_or_target_file(string path, bool isLauncher)
    {
        _world.Write("/mnt/c/bin/python.exe.__target__", "C:\\Python313\\python.exe")
            .Write(path, World.Program("3.11.2"), executable: true);
        Assert.Equal(isLauncher, InterpreterLauncher.Is(_world.Machine.Files, path));
    }

    [Theory]
    [InlineData("/usr/bin/python3.11", true)]
    [InlineData("/opt/PyPy/pypy3", true)]
    [InlineData("/usr/bin/mise", false)]
    public void Link_target_with_another_name_is_not_an_interpreter(string target, bool isPossible) =>
        Assert.Equal(isPossible, InterpreterLauncher.MayBeInterpreter(target));
}
