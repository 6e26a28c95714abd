using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>Why a path is no environment.</summary>
internal enum NotAnEnvironment
{
    /// <summary>Nothing stands there.</summary>
    Missing,

    /// <summary>It is something else than an interpreter or the folder of one.</summary>
    NoPython,

    /// <summary>It is a script that starts some Python, such as the shim of a version manager.</summary>
    Script,

    /// <summary>It is an interpreter that may not be executed.</summary>
    NotExecutable,
}

/// <summary>What reading a path gave: an environment, or why it is none.</summary>
internal readonly record struct EnvironmentReading(PythonEnvironment? Environment, NotAnEnvironment Reason)
{
    public static implicit operator EnvironmentReading(PythonEnvironment environment) => new(environment, default);

    public static implicit operator EnvironmentReading(NotAnEnvironment reason) => new(null, reason);
}

/// <summary>
/// Reads one environment from its files, as CPython's own start-up finds its way (<c>Modules/getpath.py</c>, <c>Lib/site.py</c>): nothing is run.
/// </summary>
/// <remarks>What depends on the rest of the machine (manager, aliases, default, active) is not decided here.</remarks>
internal sealed class EnvironmentReader(FileTree files)
{
    private static readonly string[] ScriptFolders = ["bin", "Scripts"];

    // What stands for the folder when a folder is given, the likeliest first.
    private static readonly string[] CommonNames = ["python", "python3", "pypy3", "pypy", "graalpy", "python2"];

    /// <summary>Reads an interpreter or the folder of an environment.</summary>
    /// <param name="path">An absolute path.</param>
    internal EnvironmentReading Read(string path)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        return files.Stat(path).Kind switch
        {
            FileKind.Directory => ReadFolder(files.RealPath(path)!),
            FileKind.File => ReadExecutable(path),
            FileKind.Missing when files.LinkStat(path).Kind == FileKind.Link => ReadDangling(path),
            FileKind.Missing => NotAnEnvironment.Missing,
            _ => NotAnEnvironment.NoPython,
        };
    }

    private EnvironmentReading ReadFolder(string folder)
    {
        if (PyVenvConfig.Read(files, Path.Combine(folder, PyVenvConfig.FileName)) is PyVenvConfig config)
        {
            return ReadVirtual(folder, config);
        }
        foreach (string place in (string[])[Path.Combine(folder, "bin"), folder, Path.Combine(folder, "Scripts")])
        {
            string[] names = [.. files.List(place).Select(item => item.Name).Where(name => InterpreterName.Parse(name) is not null)];
            foreach (string name in names.OrderBy(Rank).ThenByDescending(name => name.Length).ThenByDescending(name => name, StringComparer.Ordinal))
            {
                if (ReadExecutable(Path.Combine(place, name)) is { Environment: not null } found)
                {
                    return found;
                }
            }
        }
        return NotAnEnvironment.NoPython;

        static int Rank(string name)
        {
            int rank = Array.IndexOf(CommonNames, name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name);
            return rank < 0 ? CommonNames.Length : rank;
        }
    }

    // A link whose target is gone is still worth a name when it belongs to a virtual environment.
    private EnvironmentReading ReadDangling(string path) =>
        files.RealDirectoryPath(path) is string real && FolderOf(Path.GetDirectoryName(real)!) is (string folder, PyVenvConfig config)
            ? ReadVirtual(folder, config)
            : NotAnEnvironment.Missing;

    // pyvenv.cfg stands above the interpreter's folder, else beside it (getpath.py, "CHECK FOR VIRTUAL ENVIRONMENT"); the links of the
    // interpreter itself are not followed.
    private (string Folder, PyVenvConfig Config)? FolderOf(string scripts)
    {
        if (Path.GetDirectoryName(scripts) is not string above)
        {
            return null;
        }
        PyVenvConfig? config = PyVenvConfig.Read(files, Path.Combine(above, PyVenvConfig.FileName))
            ?? PyVenvConfig.Read(files, Path.Combine(scripts, PyVenvConfig.FileName));
        return config is null ? null : (above, config);
    }

    private EnvironmentReading ReadExecutable(string path)
    {
        string invoked = files.RealDirectoryPath(path)!;
        string real = files.RealPath(path)!;
        bool named = InterpreterName.Parse(Path.GetFileName(invoked)) is not null || InterpreterName.Parse(Path.GetFileName(real)) is not null;
        ExecutableFile? program = ExecutableFile.Read(files, real);
        if (!named || program is null)
        {
            return named && IsScript(real) ? NotAnEnvironment.Script : NotAnEnvironment.NoPython;
        }
        if (!files.IsExecutable(real))
        {
            return NotAnEnvironment.NotExecutable;
        }
        if (FolderOf(Path.GetDirectoryName(invoked)!) is (string folder, PyVenvConfig config))
        {
            return ReadVirtual(folder, config);
        }
        if (LegacyVirtual(Path.GetDirectoryName(Path.GetDirectoryName(invoked)!)) is PythonEnvironment legacy)
        {
            return legacy;
        }
        return Installation.Find(files, Path.GetDirectoryName(real)!, real) is Installation installation
            ? ReadBase(installation, real, program)
            : WithoutLibrary(real, program);
    }

    private bool IsScript(string path)
    {
        using var handle = files.Open(path);
        Span<byte> start = stackalloc byte[2];
        return handle is not null && RandomAccess.Read(handle, start, 0) == 2 && start.SequenceEqual("#!"u8);
    }

    private PythonEnvironment ReadBase(Installation installation, string real, ExecutableFile program)
    {
        string executable = Canonical(installation, real);
        bool conda = files.IsFile(Path.Combine(installation.Prefix, "conda-meta", "history"));
        PythonEnvironment environment = Facts(installation, real, program, virtualPrefix: null, includeSystem: false) with
        {
            Executable = executable,
            Kind = conda ? EnvironmentKind.Conda : EnvironmentKind.Global,
            Prefix = installation.Prefix,
            Aliases = NamesOf(executable, one => SameFile(one, real)),
        };
        string? marker = Markers.MarkerFile.Find(files, installation.StdLib);
        return environment with { MarkerPath = marker, IsExternallyManaged = marker is not null };
    }

    // One name for one interpreter: pythonX.Y beside the real file where that is the same file (python3.6 and python3.6m are hard links).
    private string Canonical(Installation installation, string real)
    {
        if (installation.Series is null)
        {
            return real;
        }
        string stem = installation.Implementation switch { "PyPy" => "pypy", "GraalPy" => "graalpy", _ => "python" };
        string named = Path.Combine(Path.GetDirectoryName(real)!, stem + installation.Series + (installation.FreeThreaded ? "t" : ""));
        return SameFile(named, real) ? named : real;
    }

    private bool SameFile(string path, string real) =>
        string.Equals(files.RealPath(path), real, StringComparison.Ordinal) || files.Stat(path).IsSameFile(files.Stat(real));

    private PythonEnvironment WithoutLibrary(string real, ExecutableFile program) => new()
    {
        Executable = real,
        Architecture = program.Architecture,
        Implementation = InterpreterName.Parse(Path.GetFileName(real))?.Implementation ?? "CPython",
        Prefix = Path.GetDirectoryName(Path.GetDirectoryName(real)!) ?? "/",
        Root = files.Root,
        Health = EnvironmentHealth.Broken,
        Problem = "Its standard library was not found: no lib/pythonX.Y/os.py in any folder above it.",
    };

    private PythonEnvironment ReadVirtual(string folder, PyVenvConfig config)
    {
        string? executable = ExecutableIn(folder);
        string? real = executable is null ? null : files.RealPath(executable);
        ExecutableFile? program = real is null ? null : ExecutableFile.Read(files, real);
        // The program of a Windows environment only forwards to the one in home (PC/venvlauncher.c).
        bool forwards = executable is not null && Path.GetFileName(Path.GetDirectoryName(executable)) is "Scripts";
        string? made = config.Home is null ? null : Path.GetFullPath(config.Home, folder);
        string? started = forwards && made is not null ? Path.Combine(made, Path.GetFileName(executable!)) : real;
        Installation? installation = program is null || started is null ? null
            : (made is null ? null : Installation.Find(files, files.RealPath(made) ?? made, started))
                ?? Installation.Find(files, Path.GetDirectoryName(started)!, started);
        bool old = installation?.Series?.StartsWith('2') == true;
        PythonEnvironment environment = installation is null
            ? new PythonEnvironment { Implementation = "CPython", Version = CleanVersion(config.Version), Architecture = program?.Architecture, Root = files.Root, SitePackages = SitePackagesIn(folder) }
            : Facts(installation, started!, forwards ? ExecutableFile.Read(files, started!) ?? program! : program!, folder, config.IncludeSystemSitePackages);
        executable ??= Path.Combine(folder, files.IsDirectory(Path.Combine(folder, "Scripts")) ? "Scripts/python.exe" : "bin/python");
        environment = environment with
        {
            VersionInfo = Numbers(environment.Version),
            Executable = executable,
            Kind = EnvironmentKind.Virtual,
            IsVirtual = true,
            Prefix = folder,
            BasePrefix = installation?.Prefix,
            // Python 2's sysconfig knows no base: it names the environment's own folder.
            StdLib = old ? Path.Combine(folder, "lib", Path.GetFileName(installation!.StdLib)) : installation?.StdLib,
            Scripts = Path.GetDirectoryName(executable),
            IncludeSystemSitePackages = config.IncludeSystemSitePackages,
            Config = config,
            Aliases = NamesOf(executable, files.IsFile),
        };
        string? problem = ProblemOf(environment, config, executable, real, program, made);
        return problem is null ? environment : environment with { Health = EnvironmentHealth.Broken, Problem = problem };
    }

    private string? ProblemOf(
        PythonEnvironment environment, PyVenvConfig config, string executable, string? real, ExecutableFile? program, string? home)
    {
        if (config.Problem is not null)
        {
            return config.Problem;
        }
        if (files.LinkStat(executable).Kind == FileKind.Missing)
        {
            return $"It has no interpreter: {executable} does not exist.";
        }
        if (real is null)
        {
            return $"Its base Python is gone: {executable} is a link to {files.ReadLink(executable)}, which does not exist.";
        }
        if (program is null)
        {
            return $"Its interpreter {executable} is not a program.";
        }
        if (!files.IsExecutable(executable))
        {
            return $"Its interpreter may not be executed: {real}.";
        }
        if (environment.StdLib is null)
        {
            return home is not null && !files.IsDirectory(home)
                ? $"Its base Python is gone: the home that its {PyVenvConfig.FileName} names, {home}, does not exist."
                : "The standard library of its base Python was not found.";
        }
        string? made = Series(config.Version), now = Series(environment.Version);
        return made is not null && now is not null && !string.Equals(made, now, StringComparison.Ordinal)
            ? $"It was made for Python {made}, but its base Python is now {environment.Version}: what was installed is not seen."
            : null;

        static string? Series(string? version)
        {
            string[] parts = version?.Split('.') ?? [];
            return parts.Length < 2 ? null : parts[0] + '.' + parts[1];
        }
    }

    private string? ExecutableIn(string folder)
    {
        foreach (string scripts in ScriptFolders)
        {
            string place = Path.Combine(folder, scripts);
            foreach (string name in CommonNames)
            {
                foreach (string end in (string[])["", ".exe"])
                {
                    string path = Path.Combine(place, name + end);
                    if (files.LinkStat(path).Kind is FileKind.File or FileKind.Link)
                    {
                        return path;
                    }
                }
            }
        }
        return null;
    }

    // virtualenv before 20 wrote no pyvenv.cfg; its own site.py finds the base through this file.
    private PythonEnvironment? LegacyVirtual(string? folder)
    {
        if (folder is null)
        {
            return null;
        }
        string lib = Path.Combine(folder, "lib");
        foreach (DirectoryItem item in files.List(lib).Where(item => item.Name.StartsWith("python", StringComparison.Ordinal)))
        {
            if (files.ReadText(Path.Combine(lib, item.Name, "orig-prefix.txt")) is string origin
                && ExecutableIn(folder) is string executable
                && files.RealPath(executable) is string real
                && ExecutableFile.Read(files, real) is ExecutableFile program
                && Installation.Find(files, origin.Trim(), Path.Combine(origin.Trim(), "bin", item.Name)) is Installation installation)
            {
                bool isolated = files.IsFile(Path.Combine(lib, item.Name, "no-global-site-packages.txt"));
                return Facts(installation, real, program, folder, !isolated) with
                {
                    Executable = executable,
                    Kind = EnvironmentKind.Virtual,
                    IsVirtual = true,
                    Manager = PythonManager.Virtualenv,
                    Prefix = folder,
                    BasePrefix = installation.Prefix,
                    StdLib = Path.Combine(lib, item.Name),
                    IncludeSystemSitePackages = !isolated,
                    Aliases = NamesOf(executable, files.IsFile),
                };
            }
        }
        return null;
    }

    private PythonEnvironment Facts(Installation installation, string real, ExecutableFile program, string? virtualPrefix, bool includeSystem)
    {
        string? version = VersionFiles.Read(files, installation, real, program) ?? installation.Series;
        (IReadOnlyList<string> sitePackages, string scripts) = SitePackagesLayout.Of(files, installation, virtualPrefix, includeSystem);
        string? pip = PipFiles.Version(files, sitePackages);
        return new PythonEnvironment
        {
            Version = version,
            VersionInfo = Numbers(version),
            Implementation = installation.Implementation,
            Architecture = program.Architecture,
            BasePrefix = installation.Prefix,
            StdLib = installation.StdLib,
            SitePackages = sitePackages,
            Scripts = scripts,
            PipVersion = pip,
            PipEnforces = PipFiles.Enforces(pip),
            IsFreeThreaded = installation.FreeThreaded,
            Root = files.Root,
        };
    }

    private List<string> NamesOf(string executable, Func<string, bool> isSame)
    {
        string folder = Path.GetDirectoryName(executable)!;
        var names = new List<string>();
        foreach (DirectoryItem item in files.List(folder))
        {
            string path = Path.Combine(folder, item.Name);
            if (InterpreterName.Parse(item.Name) is not null && !string.Equals(path, executable, StringComparison.Ordinal) && isSame(path))
            {
                names.Add(path);
            }
        }
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private List<string> SitePackagesIn(string folder)
    {
        string lib = Path.Combine(folder, "lib");
        return [.. files.List(lib).Select(item => Path.Combine(lib, item.Name, "site-packages")).Where(files.IsDirectory)];
    }

    // virtualenv and uv write version_info = 3.12.1.final.0
    private static string? CleanVersion(string? version)
    {
        string[] parts = version?.Split('.') ?? [];
        return parts.Length == 5
            ? string.Join('.', parts[..3]) + parts[3] switch
            {
                "alpha" => "a" + parts[4],
                "beta" => "b" + parts[4],
                "candidate" => "rc" + parts[4],
                _ => "",
            }
            : version;
    }

    private static Version? Numbers(string? version)
    {
        int end = 0;
        while (end < version?.Length && (char.IsAsciiDigit(version[end]) || version[end] == '.'))
        {
            end++;
        }
        return Version.TryParse(version?[..end], out Version? numbers) ? numbers : null;
    }
}
