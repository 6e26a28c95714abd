using System.Text.RegularExpressions;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Packages;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;

namespace Pep668.Tests.Pip.Policy;

/// <summary>Files of distutils that send real pips to another folder: what is refused and reported is what pip
/// writes.</summary>
public sealed class DistutilsDestinationTests : IDisposable
{
    private readonly InstallWorld _world = new();

    public void Dispose() => _world.Dispose();

    private string Free => Path.Combine(_world.Folder, "free");

    /// <summary>The Python, whether in a virtual environment, the file and its section <c>[install]</c>.</summary>
    public static TheoryData<string, bool, string, string> Files()
    {
        var rows = new TheoryData<string, bool, string, string>();
        foreach (string python in TestExtent.Some<string>(["2.7", "3.9", "newest"], ["3.6", "3.7", "3.8", "managed"]))
        {
            // Debian's Python has its own folders in /usr only: a copy of it installs where nothing looks.
            if (python is not "managed")
            {
                rows.Add(python, false, "setup.cfg", "install_lib = {free}");
            }
            // What reads them is the same in every Python that does; the newest does not.
            if (python is not "managed" && (TestExtent.IsFull || python is "3.9"))
            {
                rows.Add(python, false, "home/.pydistutils.cfg", "install-lib = ~/../free");
                rows.Add(python, false, "setup.cfg", "prefix = {free}");
                rows.Add(python, false, "setup.cfg", "root = {free}");
                rows.Add(python, false, "setup.cfg", "install_platlib = {free}");
                rows.Add(python, false, "setup.cfg", "install_lib = $FREE/$py_version_short");
            }
            if (python is not "managed" && TestExtent.IsFull)
            {
                rows.Add(python, false, "setup.cfg", "home = {free}");
                rows.Add(python, false, "setup.cfg", "install_scripts = {free}");
                rows.Add(python, false, "setup.cfg", "install_lib = %(install_data)s/a%%b\ninstall_data = {free}");
            }
            if (TestExtent.IsFull ? python is not ("newest" or "managed") : python is "3.9")
            {
                rows.Add(python, false, "python/distutils.cfg", "install-purelib = {free}");
            }
            if (python is not "2.7")
            {
                rows.Add(python, true, "setup.cfg", "install_lib = {free}");
            }
            if (python is not "2.7" && (TestExtent.IsFull || python is "3.9"))
            {
                rows.Add(python, true, "home/.pydistutils.cfg", "install_purelib = {free}");
                rows.Add(python, true, "setup.cfg", "prefix = {free}");
            }
            if (python is not "2.7" && TestExtent.IsFull)
            {
                rows.Add(python, true, "setup.cfg", "install-lib = {free}");
                rows.Add(python, true, "setup.cfg", "root = {free}");
            }
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_of_distutils_leads_where_pip_installs(string python, bool isVirtual, string file, string section)
    {
        PythonEnvironment environment = Make(python, isVirtual);
        Write(file, section, environment);
        _world.Set("FREE", Free);
        string[] results = _world.Results(_world.Install(environment, "tiny==1.0"));
        Assert.Equal(["tiny*: Installed ->1.0"], results);

        // What pip wrote, and whether it is in the environment.
        bool isElsewhere = Metadata(Free).Length > 0;
        Assert.Equal(isElsewhere, Metadata(environment.Prefix).Length == 0);
        OtherDestination? other = OtherDestination.Find(_world.Machine, _world.Install(environment, "tiny"), Program(environment));
        bool isForOthers = section.StartsWith("install_platlib", StringComparison.Ordinal) && IsRead(environment);
        Assert.Equal(isElsewhere || isForOthers, other is not null);
        Assert.Null(Decide(environment).Refusal);
        if (!isElsewhere)
        {
            return;
        }
        string written = Path.GetDirectoryName(Metadata(Free)[0])!;
        Assert.Contains(Real(written), other!.Folders.Select(Real));

        // Where that is managed, it is refused, with the file and the command that removes the line.
        File.WriteAllText(Path.Combine(written, "os.py"), "");
        File.WriteAllText(Path.Combine(written, "EXTERNALLY-MANAGED"), "[externally-managed]\nError=no\n");
        Failure refusal = Decide(environment).Refusal!;
        Assert.Equal(RefusalCause.DistutilsSetting, ((Refusal)refusal.Target!).Cause);
        Assert.Contains(Path.GetFileName(file), refusal.Message);
        Assert.Matches("^(sudo )?sed .*" + Regex.Escape(Path.GetFileName(file)), refusal.FirstCommand());
    }

    [Theory]
    [InlineData("setup.cfg", "install_scripts = {managed}/bin")]
    [InlineData("home/.pydistutils.cfg", "install_scripts = {managed}/bin")]
    [FullInlineData("setup.cfg", "install_data = {managed}")]
    public void Scripts_and_data_of_a_managed_environment_are_refused(string file, string section)
    {
        PythonEnvironment managed = Make("3.9", isVirtual: false);
        PythonEnvironment venv = Read(CopiedPython.Venv(Path.Combine(_world.Folder, "venv"), managed.Executable));
        _world.Write(file, "[install]\n" + section.Replace("{managed}", managed.Prefix, StringComparison.Ordinal) + "\n");
        Assert.Null(Decide(venv).Refusal);
        File.WriteAllText(Path.Combine(managed.StdLib!, "EXTERNALLY-MANAGED"), "[externally-managed]\nError=no\n");
        Assert.Equal(RefusalCause.DistutilsSetting, (Decide(venv).Refusal?.Target as Refusal)?.Cause);
        Assert.Equal(file.StartsWith("home", StringComparison.Ordinal) ? null : RefusalCause.DistutilsSetting,
            (Decide(venv, "--isolated").Refusal?.Target as Refusal)?.Cause);

        // uv and a later pip do not read it.
        PipRequest request = _world.Install(venv, "tiny");
        Assert.Null(PipPolicy.Decide(_world.Machine, request with { Installer = PipInstaller.Uv }, MarkerLanguage.Untranslated).Refusal);
        PythonEnvironment later = Read(CopiedPython.Venv(Path.Combine(_world.Folder, "later"), Interpreters.Newest(Needs.Venv).Executable));
        Assert.Null(Decide(later).Refusal);
    }

    [Fact]
    public void File_of_distutils_lifts_no_check_of_pip()
    {
        PythonEnvironment environment = Make("3.9", isVirtual: false);
        _world.Write("setup.cfg", $"[install]\ninstall_lib = {Free}\n");
        File.WriteAllText(Path.Combine(environment.StdLib!, "EXTERNALLY-MANAGED"), "[externally-managed]\nError=no\n");
        Assert.NotEqual(0, Tool.Run(environment.Executable, ["-m", "pip", "install", "--no-index", "tiny"]).ExitCode);
        Refusal refusal = Assert.IsType<Refusal>(Decide(Read(environment.Executable)).Refusal?.Target);
        Assert.Equal(RefusalCause.ExternallyManaged, refusal.Cause);
    }

    private PipVerdict Decide(PythonEnvironment environment, params string[] arguments) =>
        PipPolicy.Decide(_world.Machine, _world.Install(environment, "tiny") with { Arguments = arguments }, MarkerLanguage.Untranslated,
            Program(environment));

    private static bool IsRead(PythonEnvironment environment) => environment.VersionInfo < new Version(3, 10);

    private PythonEnvironment Make(string python, bool isVirtual)
    {
        string folder = Path.Combine(_world.Folder, "python");
        string made = CopiedPython.Make(folder, Interpreters.Need(python, Needs.PipOrWheel), marker: false);
        return Read(isVirtual ? CopiedPython.Venv(Path.Combine(_world.Folder, "venv"), made) : made);
    }

    private void Write(string file, string section, PythonEnvironment environment)
    {
        string path = file;
        if (file.StartsWith("python/", StringComparison.Ordinal))
        {
            // A copy of the standard library's folder, which is a link to that of the original.
            string folder = Path.Combine(environment.StdLib!, "distutils");
            string original = FileTree.Host.RealPath(folder)!;
            File.Delete(folder);
            Directory.CreateDirectory(folder);
            foreach (string entry in Directory.EnumerateFileSystemEntries(original))
            {
                File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(entry)), entry);
            }
            path = Path.Combine(folder, "distutils.cfg");
        }
        _world.Write(path, "[install]\n" + section.Replace("{free}", Free, StringComparison.Ordinal) + "\n");
    }

    private static PipProgram Program(PythonEnvironment environment) => PipProgram.OfVersion(environment.PipVersion);

    private static string[] Metadata(string folder) => !Directory.Exists(folder) ? []
        : Directory.GetDirectories(folder, "tiny-*.dist-info", new EnumerationOptions { RecurseSubdirectories = true });

    private static string Real(string path) => FileTree.Host.RealPath(path) ?? Path.GetFullPath(path);

    private static PythonEnvironment Read(string python) => new EnvironmentReader(FileTree.Host).Read(python).Environment!;
}
