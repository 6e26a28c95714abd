using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Venvs.Activation;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Repair;
using Pep668.Venvs.Seeding;

namespace Pep668.Tests.Environments;

/// <summary>Environments that were created on another operating system are named as such, and left as they
/// are.</summary>
public sealed class ForeignSystemTests : IDisposable
{
    private readonly string _folder = FileTree.Host.RealPath(Directory.CreateTempSubdirectory("pep668-foreign-").FullName)!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The homes and layouts of environments that people committed by mistake.
    [Theory]
    [InlineData(@"C:\Users\me\AppData\Local\Programs\Python\Python311", "Windows", "Scripts/python.exe", "Lib", false)]
    [InlineData(@"C:\Python311", "Windows", "Scripts/python.exe", "Lib", true)]
    [InlineData("d:/tools/python", "Windows", "Scripts/python.exe", "Lib", true)]
    [InlineData(@"\\server\share\Python311", "Windows", "Scripts/python.exe", "Lib", false)]
    [InlineData("/opt/homebrew/opt/python@3.11/bin", "macOS", "bin/python", "lib/python3.11", true)]
    [InlineData("/Library/Frameworks/Python.framework/Versions/3.11/bin", "macOS", "bin/python", "lib/python3.11", true)]
    [InlineData("/Users/me/.pyenv/versions/3.11.2/bin", "macOS", "bin/python", "lib/python3.11", false)]
    public void Environment_of_another_system_is_named_and_left_as_it_is(
        string home, string system, string interpreter, string library, bool isExecutable)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "each of them is foreign on Linux only");
        Write("pyvenv.cfg", $"home = {home}\ninclude-system-site-packages = false\nversion = 3.11.2\n");
        Write(interpreter, "MZ");
        Write(library + "/site-packages/six-1.16.0.dist-info/METADATA", "Name: six\n");
        File.SetUnixFileMode(Path.Combine(_folder, interpreter), (UnixFileMode)(isExecutable ? 0b111_101_101 : 0b110_100_100));
        string before = TreeSnapshot.Describe(_folder);
        var catalog = new EnvironmentCatalog(Machine.Current());

        PythonEnvironment read = catalog.ReadOne(_folder).Environment!;
        Assert.Equal((EnvironmentHealth.Broken, $"It was created on {system} and works only there.", "3.11.2"),
            (read.Health, read.Problem, read.Version));
        Assert.Equal([Path.Combine(_folder, library, "site-packages")], read.SitePackages);
        Assert.True(read.IsVirtual);

        var repairer = new VenvRepairer(catalog, SeedCache.For(catalog.Machine));
        foreach (PythonEnvironment? python in (PythonEnvironment?[])[null, .. catalog.All.Take(1)])
        {
            Failure? failure = repairer.Repair(repairer.Prepare(read, python), TestContext.Current.CancellationToken).Failure;
            Assert.Equal(FailureId.VenvBroken, failure?.Id);
            Assert.Contains($"created on {system}", failure!.Message, StringComparison.Ordinal);
            Assert.Equal([$"New-PythonVenv {_folder}2"], failure.Remedies.Commands());
        }
        // No message recommends to repair or to replace it.
        string[] commands =
        [
            .. RequestMessages.Broken(read).Remedies.Commands(), .. ActivationMessages.Broken(read).Remedies.Commands(),
            .. EnvironmentMessages.Broken(read).Remedies.Commands(),
            .. new VenvTarget(catalog.Machine, new(_folder, catalog.All[0])).Refusal(canCreate: true)!.Remedies.Commands(),
        ];
        Assert.Equal(4, commands.Length);
        Assert.DoesNotContain(commands, command => command.Contains("-Force", StringComparison.Ordinal)
            || command.Contains("Repair-", StringComparison.Ordinal));
        Assert.Equal(before, TreeSnapshot.Describe(_folder));
    }

    [Theory]
    [InlineData("/usr/bin", @"C:\Python313")]
    [InlineData("/home/linuxbrew/.linuxbrew/opt/python@3.11/bin", @"\\server\share\Python313")]
    [InlineData("C", "C")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void Home_of_this_system_or_none_is_not_foreign(string? home, string? onWindows) =>
        Assert.Null(ForeignSystem.MadeOn(FileTree.Host, OperatingSystem.IsWindows() ? onWindows : home));

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
