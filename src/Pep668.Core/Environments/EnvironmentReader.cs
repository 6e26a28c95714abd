using System.Collections.Concurrent;
using Pep668.Machines;
using Pep668.Markers;

namespace Pep668.Environments;

/// <summary>Why a path is not an environment.</summary>
internal enum ReadFailure
{
    /// <summary>Nothing exists there.</summary>
    Missing,

    /// <summary>It is neither an interpreter nor the folder of one.</summary>
    NoPython,

    /// <summary>It only starts another Python: the shim of a version manager, a script, an app execution
    /// alias.</summary>
    Script,

    /// <summary>It is an interpreter that this user may not execute.</summary>
    NotExecutable,
}

/// <summary>The result of reading a path: an environment, or why it is not one.</summary>
internal readonly record struct EnvironmentReading(PythonEnvironment? Environment, ReadFailure Reason)
{
    public static implicit operator EnvironmentReading(PythonEnvironment environment) => new(environment, default);

    public static implicit operator EnvironmentReading(ReadFailure reason) => new(null, reason);
}

/// <summary>
/// Reads one environment from its files, by the rules of CPython's start-up (<c>Modules/getpath.py</c>,
/// <c>Lib/site.py</c>). It runs no program.
/// </summary>
/// <remarks>
/// It does not read what depends on the rest of the machine (manager, aliases, default, active). It keeps what it has
/// read: create a new reader for each command.
/// </remarks>
internal sealed class EnvironmentReader
{
    private readonly FileTree _files;
    private readonly BaseInterpreters _interpreters;
    private readonly VirtualEnvironmentReader _virtual;
    private readonly BaseSearch _search;
    private readonly ConcurrentDictionary<string, EnvironmentReading> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, EnvironmentReading> _bases = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PythonEnvironment?> _around = new(StringComparer.Ordinal);

    internal EnvironmentReader(FileTree files)
    {
        _files = files;
        _interpreters = new(files);
        _search = new(files, _interpreters);
        _virtual = new(files, _interpreters, _search);
    }

    /// <summary>Reads an interpreter or the folder of an environment.</summary>
    /// <param name="path">An absolute path.</param>
    internal EnvironmentReading Read(string path) => _known.GetOrAdd(Path.TrimEndingDirectorySeparator(path), ReadNow);

    private EnvironmentReading ReadNow(string path) =>
        _files.Stat(path).Kind switch
        {
            FileKind.Directory => _files.RealPath(path) is string real ? ReadFolder(real) : ReadFailure.Missing,
            FileKind.File => ReadExecutable(path),
            FileKind.Missing when _files.LinkStat(path).Kind == FileKind.Link => ReadDangling(path),
            FileKind.Missing => ReadFailure.Missing,
            _ => ReadFailure.NoPython,
        };

    /// <summary>Reads the folder of an environment.</summary>
    /// <param name="folder">An absolute path, links resolved.</param>
    internal EnvironmentReading ReadFolder(string folder)
    {
        if (PyVenvConfigFile.Read(_files, Path.Combine(folder, PyVenvConfigFile.FileName)) is VenvConfig config)
        {
            return _virtual.Read(folder, config);
        }
        foreach (string place in (string[])[Path.Combine(folder, "bin"), folder, Path.Combine(folder, "Scripts")])
        {
            string[] names = [.. _files.List(place).Select(item => item.Name).Where(name => InterpreterName.Parse(name) is not null)];
            foreach (string name in names.OrderBy(Rank).ThenByDescending(name => name.Length)
                .ThenByDescending(name => name, StringComparer.Ordinal))
            {
                if (ReadExecutable(Path.Combine(place, name)) is { Environment: not null } found)
                {
                    return found;
                }
            }
        }
        return ReadFailure.NoPython;

        static int Rank(string name)
        {
            string stem = name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
            int rank = InterpreterFolder.CommonNames.ToList().IndexOf(stem);
            return rank < 0 ? InterpreterFolder.CommonNames.Count : rank;
        }
    }

    // A dangling link still identifies the virtual environment that it belongs to.
    private EnvironmentReading ReadDangling(string path) =>
        _files.RealDirectoryPath(path) is string real
            && _virtual.FindConfig(Path.GetDirectoryName(real)!) is (string folder, VenvConfig config)
            ? _virtual.Read(folder, config)
            : ReadFailure.Missing;

    // The folder in the given path decides whether it is a virtual environment: links of the interpreter itself are not
    // followed.
    private EnvironmentReading ReadExecutable(string path)
    {
        if (_files.RealDirectoryPath(path) is not string invoked || _files.RealPath(path) is not string real)
        {
            return ReadFailure.Missing;
        }
        if (InterpreterName.Parse(Path.GetFileName(invoked)) is null && InterpreterName.Parse(Path.GetFileName(real)) is null)
        {
            return ReadFailure.NoPython;
        }
        if (InterpreterLauncher.Is(_files, invoked))
        {
            return ReadFailure.Script;
        }
        return _around.GetOrAdd(Path.GetDirectoryName(invoked)!, VirtualAround) is PythonEnvironment found
            && ExecutableFile.Read(_files, real) is not null
            ? found
            : _bases.GetOrAdd(real, ReadBase);
    }

    private PythonEnvironment? VirtualAround(string scripts) =>
        _virtual.FindConfig(scripts) is (string folder, VenvConfig config) ? _virtual.Read(folder, config)
        : Path.GetDirectoryName(scripts) is string above ? _virtual.ReadLegacy(above)
        : null;

    /// <summary>Whether a file begins as a script does.</summary>
    internal static bool IsScript(FileTree files, string path)
    {
        using var handle = files.Open(path);
        Span<byte> start = stackalloc byte[2];
        return handle is not null && ExecutableFile.ReadAt(handle, start, 0) == 2 && start.SequenceEqual("#!"u8);
    }

    private EnvironmentReading ReadBase(string real)
    {
        if (InterpreterLauncher.Is(_files, real) || !InterpreterLauncher.MayBeInterpreter(real))
        {
            return ReadFailure.Script;
        }
        if (ExecutableFile.Read(_files, real) is not ExecutableFile program)
        {
            return IsScript(_files, real) ? ReadFailure.Script : ReadFailure.NoPython;
        }
        if (!_files.IsExecutable(real))
        {
            return ReadFailure.NotExecutable;
        }
        if ((_interpreters.Find(Path.GetDirectoryName(real)!, real) ?? _search.FindBuiltFor(real)) is not BaseInterpreter found)
        {
            return WithoutLibrary(real, program);
        }
        string executable = Canonical(found.Installation, real);
        string? marker = MarkerFile.Find(_files, found.Installation.StdLib);
        return _interpreters.Describe(found, virtualPrefix: null, includeSystem: false) with
        {
            Executable = executable,
            Kind = IsConda(found.Installation.Prefix) ? EnvironmentKind.Conda : EnvironmentKind.Global,
            Prefix = found.Installation.Prefix,
            MarkerPath = marker,
            IsExternallyManaged = marker is not null,
            Aliases = InterpreterFolder.OtherNames(
                _files, executable, one => InterpreterFolder.IsSame(_files, one, real)
                    || (IsWindowsInterpreterName(one) && IsWindowsInterpreterName(real) && _files.IsFile(one))),
        };
    }

    // pixi writes no history into what it installs globally: there the records of its packages are the evidence.
    private bool IsConda(string prefix)
    {
        string folder = Path.Combine(prefix, "conda-meta");
        return _files.IsFile(Path.Combine(folder, "history"))
            || _files.List(folder).Any(item => item.Kind == FileKind.File && item.Name.EndsWith(".json", StringComparison.Ordinal));
    }

    // One name for one interpreter: pythonX.Y beside the real file where that is the same file (python3.6 and
    // python3.6m are hard links); in a keg of Homebrew the one that its own sitecustomize names, which stays through
    // upgrades.
    private string Canonical(Installation installation, string real)
    {
        if (IsWindowsInterpreterName(real))
        {
            string first = Path.Combine(Path.GetDirectoryName(real)!, "python.exe");
            return _files.IsFile(first) ? first : real;
        }
        if (installation.Series is null)
        {
            return real;
        }
        string stem = installation.Implementation switch { "PyPy" => "pypy", "GraalPy" => "graalpy", _ => "python" };
        string folder = installation.Keg is HomebrewKeg keg ? Path.Combine(keg.Opt, "bin") : Path.GetDirectoryName(real)!;
        string named = Path.Combine(folder, stem + installation.Series + (installation.FreeThreaded ? "t" : ""));
        return InterpreterFolder.IsSame(_files, named, real) ? named : real;
    }

    // On Windows python.exe, python3.exe and python3.12.exe of one folder are copies of one program; python3.13t.exe
    // and python_d.exe are others.
    private static bool IsWindowsInterpreterName(string path)
    {
        string name = Path.GetFileName(path);
        return name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) && name.StartsWith("python", StringComparison.OrdinalIgnoreCase)
            && name.AsSpan(6, name.Length - 10).TrimStart("0123456789.").IsEmpty;
    }

    private PythonEnvironment WithoutLibrary(string real, ExecutableFile program)
    {
        // On Windows the interpreter is in the prefix itself.
        string folder = Path.GetDirectoryName(real)!;
        string prefix = IsWindowsInterpreterName(real) && Path.GetFileName(folder) is not ("bin" or "Scripts")
            ? folder
            : Path.GetDirectoryName(folder) ?? "/";
        string? version = InterpreterName.Parse(Path.GetFileName(real))?.Implementation is "PyPy" ? null
            : InterpreterVersion.FromNames(_files, prefix, series: null);
        return new()
        {
            Executable = real,
            Version = version,
            VersionInfo = InterpreterVersion.Numbers(version),
            Kind = IsConda(prefix) ? EnvironmentKind.Conda : EnvironmentKind.Global,
            Architecture = program.Architecture,
            Implementation = InterpreterName.Parse(Path.GetFileName(real))?.Implementation ?? "CPython",
            Prefix = prefix,
            Root = _files.Root,
            Health = EnvironmentHealth.Broken,
            Problem = EnvironmentMessages.NoLibrary(),
        };
    }
}
