using System.Text;
using Pep668.Venvs.Repair;

namespace Pep668.Tests.Venvs.Repair;

/// <summary>The launchers that a real distlib writes for Windows, and uv's layout.</summary>
public sealed class LauncherInterpreterTests : IDisposable
{
    // distlib, told that it is on Windows.
    private const string Script = """
        import os, sys, time
        time.time = lambda: 1e9  # of the archives
        import pip._vendor.distlib.resources, pip._vendor.distlib.util
        os.name = "nt"
        from pip._vendor.distlib.scripts import ScriptMaker, _enquote_executable
        for number, path in enumerate(sys.argv[2:]):
            maker = ScriptMaker(None, sys.argv[1], add_launchers=True)
            maker._is_nt = True
            maker.variants = {""}
            maker.executable = _enquote_executable(path)
            maker.make("%s = pip._internal.cli.main:main" % number)
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-launcher-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Launcher_of_distlib_with_another_interpreter_equals_the_one_that_distlib_writes_for_it()
    {
        string[] paths =
        [
            @"C:\env\Scripts\python.exe", @"D:\moved here\Scripts\python.exe", @"C:\größe\Scripts\pythonw.exe",
            @"D:\日本 x\Scripts\python.exe",
        ];
        // 3.6 does not decode the arguments.
        Interpreter[] pythons = [.. Interpreters.Minors(Needs.Pip | Needs.Launchers).Where(one => one.Version >= new Version(3, 7))];
        Assert.All(TestExtent.Ends(pythons), python =>
        {
            Tool.Run(python.Executable, ["-I", "-X", "utf8", "-W", "ignore", "-c", Script, _folder, .. paths]).Checked();
            byte[][] written = [.. paths.Select((_, number) => File.ReadAllBytes(Path.Combine(_folder, $"{number}.exe")))];
            for (int number = 0; number < paths.Length; number++)
            {
                (string interpreter, Range place) = LauncherInterpreter.Read(written[number])!.Value;
                Assert.Equal(paths[number], interpreter);
                for (int other = 0; other < paths.Length; other++)
                {
                    Assert.Equal(written[other], LauncherInterpreter.With(written[number], place, paths[other]));
                }
            }
            // Python itself runs the archive behind the program.
            Assert.StartsWith($"pip {python.PipVersion} ",
                Tool.Run(python.Executable, ["-I", Changed(written[0], paths[3]), "--version"]).Checked().Output, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Launcher_of_uv_names_its_interpreter_at_its_end()
    {
        byte[] archive = [0x50, 0x4b, 0x05, 0x06, .. new byte[18]];
        byte[] content = [.. "MZ a program"u8, .. archive, .. @"C:\env\Scripts\python.exe"u8, 25, 0, 0, 0, .. "UVSC"u8];
        (string interpreter, Range place) = LauncherInterpreter.Read(content)!.Value;
        Assert.Equal(@"C:\env\Scripts\python.exe", interpreter);
        byte[] changed = LauncherInterpreter.With(content, place, @"D:\moved here\Scripts\python.exe");
        Assert.Equal([.. "MZ a program"u8, .. archive, .. @"D:\moved here\Scripts\python.exe"u8, 32, 0, 0, 0, .. "UVSC"u8], changed);
    }

    [Theory]
    [InlineData("MZ")]
    [InlineData("MZ #!x\n")]
    [InlineData("MZUVSC")]
    [InlineData("MZ\u0001\u0002\u0003\u0004UVSC")]
    [InlineData("MZPK\u0005\u0006")]
    [InlineData("#!python\nPK\u0005\u0006000000000000000000")]
    public void Another_program_is_no_launcher(string content) => Assert.Null(LauncherInterpreter.Read(Encoding.Latin1.GetBytes(content)));

    private string Changed(byte[] content, string interpreter)
    {
        string file = Path.Combine(_folder, "changed.exe");
        File.WriteAllBytes(file, LauncherInterpreter.With(content, LauncherInterpreter.Read(content)!.Value.Place, interpreter));
        return file;
    }
}
