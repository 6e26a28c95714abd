using System.IO.Compression;
using System.Text;
using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

namespace Pep668.Tests.Venvs.Creation;

/// <summary>
/// An environment laid out as on Windows, from a folder that looks like an installation there: the real <c>venv</c>,
/// <c>ensurepip</c> and pip of a Python of this machine, with programs that are nothing but their headers. Byte-code is
/// missing, because none of them can run.
/// </summary>
public sealed class WindowsLayoutTests(VenvWorld world)
{
    // PipScriptMaker of that pip, as on Windows: it looks at os.name and os.linesep, and for its launchers through what
    // it cannot load here.
    private const string Oracle = """
        import os, sys
        target, executable, series = sys.argv[1:]
        from pip._internal.operations.install import wheel
        from pip._vendor.distlib import scripts
        maker = wheel.PipScriptMaker(None, target)
        maker.clobber = True
        maker.variants = {''}
        maker.set_mode = False
        maker._is_nt = True
        sys.executable = executable
        os.name, os.linesep, before = 'nt', '\r\n', (os.name, os.linesep)
        maker._get_launcher = lambda kind: open(os.path.join(os.path.dirname(scripts.__file__), kind + '64.exe'), 'rb').read()
        try:
            maker.make_multiple(name + ' = pip._internal.cli.main:main' for name in ('pip', 'pip3', 'pip' + series))
        finally:
            os.name, os.linesep = before
        """;

    private const string Batch =
        "@echo off\r\nset \"VIRTUAL_ENV=__VENV_DIR__\"\r\nset \"PATH=%VIRTUAL_ENV%\\__VENV_BIN_NAME__;%PATH%\"\r\nset " +
        "PROMPT=__VENV_PROMPT__%PROMPT%\r\n";

    [Theory]
    [InlineData("3.8", "python.exe", "pythonw.exe", "x")]
    [FullInlineData("previous", "python.exe", "pythonw.exe", "x")]
    [InlineData("newest", "venvlauncher.exe", "venvwlauncher.exe", "a blank")]
    public void Tree_on_Windows_equals_that_of_venv(string text, string launcher, string windowedLauncher, string name)
    {
        PythonEnvironment real = world.Need(text, Needs.Venv | Needs.Ensurepip | Needs.Launchers);
        string home = Installation(real, launcher, windowedLauncher), path = world.NewPath(name);
        Machine machine = world.Machine with
        {
            Platform = Platform.Windows,
            Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PEP668_CACHE_DIR"] = world.NewPath("cache") },
        };
        var catalog = new EnvironmentCatalog(machine);
        var reading = catalog.Identify(Path.Combine(home, "python.exe"));
        Assert.True(reading.Environment is not null, reading.Reason.ToString());
        PythonEnvironment python = reading.Environment!;

        Outcome<VenvResult> outcome = new VenvBuilder(catalog, SeedCache.For(machine))
            .Create(new(path, python), TestContext.Current.CancellationToken);

        Assert.Null(outcome.Failure);
        Assert.Contains("but not compiled", outcome.Notices[0].Message, StringComparison.Ordinal);
        TreeSnapshot tree = TreeSnapshot.Read(path);
        string series = real.VersionInfo!.ToString(2);
        Assert.Equal(
            ((string[])["Include", "Lib", "Lib/site-packages", "Scripts", "pyvenv.cfg", "Scripts/python.exe", "Scripts/pythonw.exe",
                "Scripts/pip.exe", "Scripts/pip3.exe", $"Scripts/pip{series}.exe",
                "Scripts/activate", "Scripts/Activate.ps1", "Scripts/activate.bat", "Scripts/deactivate.bat"]).Order(),
            tree.Items.Keys.Where(key => key is not ("." or ".gitignore" or "Scripts/activate.fish")
                && !key.StartsWith("Lib/site-packages/", StringComparison.Ordinal)
                && !key.StartsWith("Scripts/easy_install", StringComparison.Ordinal)).Order());
        Assert.Equal("launcher", tree.Items["Scripts/python.exe"].Text);
        Assert.Equal("windowed launcher", tree.Items["Scripts/pythonw.exe"].Text);
        Assert.StartsWith($"home = {home}\r\n", tree.Items["pyvenv.cfg"].Text, StringComparison.Ordinal);
        Assert.All(tree.Items.Where(item => item.Key is "pyvenv.cfg" or ".gitignore"),
            item => Assert.DoesNotContain('\n', item.Value.Text!.Replace("\r\n", "", StringComparison.Ordinal)));
        bool isBare = File.ReadAllText(Path.Combine(real.StdLib!, "venv", "__init__.py")).Contains("'(%s) ' % ", StringComparison.Ordinal);
        Assert.Equal(
            Batch.Replace("__VENV_DIR__", path).Replace("__VENV_BIN_NAME__", "Scripts")
                .Replace("__VENV_PROMPT__", isBare ? $"({name}) " : name), tree.Items["Scripts/activate.bat"].Text);

        AssertCommands(text, path, tree, series);
    }

    private void AssertCommands(string text, string path, TreeSnapshot tree, string series)
    {
        PythonEnvironment shared = world.Shared(text, Needs.Venv | Needs.Ensurepip | Needs.Launchers);
        string expected = Directory.CreateDirectory(world.NewPath()).FullName;
        Tool.Run(shared.Executable, ["-c", Oracle, expected, Path.Combine(path, "Scripts", "python.exe"), series],
            variables: VenvWorld.Quiet).Checked();

        string record = tree.Items.Single(item =>
            item.Key.Contains("/pip-", StringComparison.Ordinal) && item.Key.EndsWith("/RECORD", StringComparison.Ordinal)).Value.Text;
        Assert.Equal(3, Directory.GetFiles(expected).Length);
        Assert.All(Directory.GetFiles(expected), file =>
        {
            byte[] theirs = File.ReadAllBytes(file), ours = tree.Items["Scripts/" + Path.GetFileName(file)].Content;
            // The launcher and the line that names the interpreter are equal to the byte; the archive in what is in it:
            // it has the time of its making.
            int start = theirs.AsSpan().LastIndexOf("PK\x3\x4"u8);
            Assert.Equal(theirs[..start], ours[..ours.AsSpan().LastIndexOf("PK\x3\x4"u8)]);
            Assert.Equal(Archive(theirs[start..]), Archive(ours[ours.AsSpan().LastIndexOf("PK\x3\x4"u8)..]));
            Assert.Contains(RecordFile.Line("../../Scripts/" + Path.GetFileName(file), ours), record, StringComparison.Ordinal);
        });
    }

    private static IEnumerable<(string, string)> Archive(byte[] content)
    {
        using var archive = new ZipArchive(new MemoryStream(content));
        return [.. archive.Entries.Select(entry => (entry.FullName, new StreamReader(entry.Open(), Encoding.UTF8).ReadToEnd()))];
    }

    private string Installation(PythonEnvironment real, string launcher, string windowedLauncher)
    {
        string home = world.NewPath("Python"), library = Path.Combine(home, "Lib"), digits = real.VersionInfo!.ToString(2).Replace(".", "");
        Write(Path.Combine(home, "python.exe"), LocatorWorld.Portable());
        Write(Path.Combine(home, "pythonw.exe"), LocatorWorld.Portable());
        Write(Path.Combine(home, $"python{digits}.dll"), LocatorWorld.Portable(real.Version!));
        Write(Path.Combine(library, "os.py"), []);
        foreach (string part in (string[])["venv", "ensurepip"])
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(real.StdLib!, part), "*", SearchOption.AllDirectories))
            {
                Write(Path.Combine(library, Path.GetRelativePath(real.StdLib!, file)), File.ReadAllBytes(file));
            }
        }
        string scripts = Path.Combine(library, "venv", "scripts", "nt");
        Write(Path.Combine(scripts, launcher), "launcher"u8);
        Write(Path.Combine(scripts, windowedLauncher), "windowed launcher"u8);
        Write(Path.Combine(scripts, "activate.bat"), Encoding.UTF8.GetBytes(Batch));
        Write(Path.Combine(scripts, "deactivate.bat"), "@echo off\r\n"u8);
        return home;
    }

    // Executable, for the system that this runs on looks at that.
    private static void Write(string path, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }
}
