using System.Text;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Packages;
using Pep668.Venvs.Creation;

namespace Pep668.Venvs.Repair;

/// <summary>
/// Compares a virtual environment with the one that its base Python would create: nothing is run. Each difference is a
/// defect, with what to write if it can be repaired.
/// </summary>
internal sealed class VenvExaminer
{
    private readonly EnvironmentCatalog _catalog;
    private readonly FileTree _files;
    private readonly PythonEnvironment _environment;
    private readonly VenvConfig? _config;
    private readonly string _scripts;
    private readonly InstalledLibraries _libraries;
    private readonly PythonEnvironment? _base;
    private readonly bool _keepsBase;
    private readonly List<VenvDefect> _defects = [];

    private VenvExaminer(
        EnvironmentCatalog catalog, PythonEnvironment environment, InstalledLibraries libraries, PythonEnvironment? @base, bool keepsBase)
    {
        _catalog = catalog;
        _files = catalog.Machine.Files;
        _environment = environment;
        _config = environment.Config;
        _scripts = environment.Scripts ?? Path.Combine(environment.Prefix, "bin");
        _libraries = libraries;
        _base = @base;
        _keepsBase = keepsBase;
    }

    /// <summary>Examines one.</summary>
    /// <param name="catalog">The machine.</param>
    /// <param name="environment">A virtual environment.</param>
    /// <param name="python">The base Python that was requested; null for the one it has, else one of the same
    /// version.</param>
    internal static VenvExamination Examine(EnvironmentCatalog catalog, PythonEnvironment environment, PythonEnvironment? python = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(environment);
        InstalledLibraries libraries = InstalledLibraries.In(catalog.Machine.Files, environment);
        // Below a root no base is needed: nothing is run there.
        Outcome<PythonEnvironment>? found =
            environment is { Root: null, Config.MadeOn: null } ? FindBase(catalog, environment, libraries, python) : null;
        // One that works keeps its base, unless another one was requested.
        bool keepsBase = python is null && environment.Health == EnvironmentHealth.Healthy;
        var examiner = new VenvExaminer(catalog, environment, libraries, found?.OrNull(), keepsBase);
        examiner.Examine();
        return new(examiner._defects, found?.OrNull(), found?.Failure, libraries);
    }

    private static Outcome<PythonEnvironment> FindBase(
        EnvironmentCatalog catalog, PythonEnvironment environment, InstalledLibraries libraries, PythonEnvironment? python)
    {
        var bases = new BasePython(catalog);
        Outcome<PythonEnvironment> given = bases.Find(python ?? environment);
        if (python is not null || environment.Health == EnvironmentHealth.Healthy
            || (given.OrNull() is PythonEnvironment found && IsOfSeries(found, environment, libraries)))
        {
            return given;
        }
        // It does not exist, or has another version: another Python of the same version can be used.
        PythonEnvironment? other = catalog.All
            .Where(one =>
                one is { Kind: EnvironmentKind.Global, Health: EnvironmentHealth.Healthy } && IsOfSeries(one, environment, libraries))
            .Order(new EnvironmentResolver(catalog).Order).FirstOrDefault();
        return other is not null && bases.Find(other).OrNull() is PythonEnvironment usable ? usable : given;
    }

    private static bool IsOfSeries(PythonEnvironment python, PythonEnvironment environment, InstalledLibraries libraries) =>
        (libraries.Series is null && (libraries.Version is null || IsSameMinor(python.VersionInfo, libraries.Version)))
        || (python.StdLib is not null && string.Equals(Path.GetFileName(python.StdLib), libraries.Series, StringComparison.Ordinal))
        || (libraries.Version is not null && IsSameMinor(python.VersionInfo, libraries.Version)
            && string.Equals(python.Implementation, environment.Implementation, StringComparison.Ordinal)
            && python.StdLib!.EndsWith("Lib", StringComparison.Ordinal));

    private static bool IsSameMinor(Version? one, Version other) => one is not null && (one.Major, one.Minor) == (other.Major, other.Minor);

    private void Examine()
    {
        if (_config is null)
        {
            AddFatal(RepairMessages.NoConfig());
            return;
        }
        if (_config.MadeOn is not null)
        {
            _defects.Add(new(RepairMessages.Problem(_environment.Problem!))
            {
                IsFatal = true,
                Remedies = CommonRemedies.RepairVenv(_environment),
            });
            return;
        }
        if (_environment.Root is null && _base is null)
        {
            if (_keepsBase)
            {
                return; // it works, and has a base that no environment is created from: Python 2
            }
            AddFatal(RepairMessages.NoBase(_config.Home, _libraries.Version?.ToString(2)));
            return;
        }
        if (_base is null || VenvModule.Read(_files, _base.StdLib!) is not VenvModule module)
        {
            AddProblem();
            return;
        }
        if (!_keepsBase && !IsOfSeries(_base, _environment, _libraries))
        {
            AddFatal(RepairMessages.OtherVersion(_libraries.Version!.ToString(2), _base.Version!));
            return;
        }
        var request = new VenvRequest(_environment.Prefix, _base)
        {
            Prompt = _config.Prompt,
            SystemSitePackages = _environment.IncludeSystemSitePackages,
        };
        var plan = new VenvContents(_files, request, _base, module);
        TreeEntry[] entries = [.. plan.Entries()];
        ExamineInterpreters(plan, entries);
        ExamineConfiguration();
        ExaminePlace(plan, entries);
        _defects.AddRange(PipDefects.Defects(_files, _environment, plan, _config));
        // pip itself is examined above.
        _defects.AddRange(InterruptedInstall.Find(_catalog.Machine, _environment)
            .Where(problem => !problem.Paths.Any(path => _defects.Exists(
                defect => defect.Removals.Any(removed => IsPath(removed, path)))))
            .Select(problem => new VenvDefect(RepairMessages.Problem(problem.Notice.Message)) { Remedies = problem.Notice.Remedies }));
        if (_defects.TrueForAll(defect => defect.IsHarmless))
        {
            AddProblem();
        }
    }

    // What the reader found and nothing above explains.
    private void AddProblem()
    {
        if (_environment.Problem is string problem)
        {
            AddFatal(RepairMessages.Problem(problem));
        }
    }

    private void ExamineInterpreters(VenvContents plan, TreeEntry[] entries)
    {
        // A working one keeps the interpreter that it has, whatever its configuration names.
        string real = _files.RealPath(_keepsBase ? _environment.Executable : _base!.Executable)!;
        TreeEntry[] wanted =
            [.. entries.Where(entry => entry.Kind is TreeEntryKind.Link or TreeEntryKind.Copy && IsIn(entry, plan.Scripts))];
        string[] bad =
        [
            .. _files.List(_scripts).Select(item => item.Name)
                .Where(name => InterpreterName.Parse(name) is not null && IsBad(Path.Combine(_scripts, name), real))
                .Order(StringComparer.Ordinal),
        ];
        bool isMissing = InterpreterFolder.ExecutableIn(_files, _environment.Prefix) is null;
        if (bad.Length > 0 || isMissing)
        {
            TreeEntry[] others =
            [
                .. bad.Where(name => !wanted.Any(entry => string.Equals(Path.GetFileName(entry.Path), name, StringComparison.Ordinal)))
                    .Select(name => TreeEntry.Link(Path.Combine(plan.Scripts, name), plan.ExecutableName)),
            ];
            Add(
                bad.Length == 0 ? RepairMessages.NoInterpreter(_environment.Executable)
                    : RepairMessages.WrongLinks(_base!.Executable, [.. bad.Select(name => Described(Path.Combine(_scripts, name)))]),
                [.. wanted, .. others]);
        }
        else if (wanted.Where(IsMissing).ToArray() is var missing && missing.Any(entry => IsCommonName(Path.GetFileName(entry.Path))))
        {
            Add(RepairMessages.MissingNames([.. missing.Select(entry => Path.GetFileName(entry.Path))]), missing);
        }
        else if (wanted.Any(entry => entry.Kind == TreeEntryKind.Link)
            && _files.LinkStat(_environment.Executable).Kind == FileKind.File && OldVersion() is Version made)
        {
            Add(RepairMessages.OldCopy(made, _base!.Version!), [.. wanted]);
        }
        TreeEntry lib64 = Array.Find(entries, entry => entry.Path is "lib64");
        if (lib64.Path is not null && _files.IsDirectory(Path.Combine(_environment.Prefix, "lib"))
            && _files.LinkStat(Path.Combine(_environment.Prefix, "lib64")).Kind == FileKind.Link
            && !_files.IsDirectory(Path.Combine(_environment.Prefix, "lib64")))
        {
            Add(RepairMessages.DanglingLib64(), [lib64]);
        }
    }

    // In an active environment, the next Python on PATH would run in its place. Other names are not in those of each
    // tool and version.
    private static bool IsCommonName(string name) => name is "python" or "python3" or "python.exe";

    private bool IsMissing(TreeEntry entry) =>
        _files.LinkStat(Path.Combine(_scripts, Path.GetFileName(entry.Path))).Kind == FileKind.Missing;

    // The version of a copied interpreter, if it is not that of its base.
    private Version? OldVersion()
    {
        if (_environment.VersionInfo is Version now && _base!.VersionInfo is Version wanted
            && (now.Major, now.Minor) != (wanted.Major, wanted.Minor))
        {
            return now;
        }
        return InterpreterVersion.Numbers(_config!.Version) is { Build: >= 0 } made && made != _base!.VersionInfo && !IsCopyOfBase()
            ? made : null;
    }

    // Whether the program itself contains the version of its base, or uses the library of its base.
    private bool IsCopyOfBase() =>
        _base!.VersionInfo is Version version && ExecutableFile.Read(_files, _environment.Executable) is ExecutableFile program
        && (EmbeddedText.Dynamic(_files, _environment.Executable, program).Any(one => one.StartsWith("libpython", StringComparison.Ordinal))
            || (new EmbeddedVersion().Find(_files, _environment.Executable, program, version.ToString(2)) is string found
                && InterpreterVersion.Numbers(found) == version));

    // A dangling link, or one to another Python. With --copies and on Windows it is not a link.
    private bool IsBad(string path, string real) =>
        _files.LinkStat(path).Kind == FileKind.Link && !string.Equals(_files.RealPath(path), real, StringComparison.Ordinal)
        && !(_files.RealPath(path) is string end
            && string.Equals(Path.GetDirectoryName(end), _files.RealPath(_scripts), StringComparison.Ordinal));

    private bool IsPath(string relative, string path) =>
        string.Equals(Path.Combine(_environment.Prefix, relative), path, StringComparison.Ordinal);

    private static bool IsIn(TreeEntry entry, string folder) =>
        string.Equals(Path.GetDirectoryName(entry.Path), folder, StringComparison.Ordinal);

    private string Described(string path) => $"{Path.GetFileName(path)} -> {_files.ReadLink(path)}";

    private void ExamineConfiguration()
    {
        string path = Path.Combine(_environment.Prefix, PyVenvConfigFile.FileName);
        string text = _files.ReadText(path) ?? "";
        string repaired = RepairedConfig.With(text, _files, _base!, _environment.Prefix, keepsHome: _keepsBase);
        if (string.Equals(text, repaired, StringComparison.Ordinal) && _config!.Problem is null)
        {
            return;
        }
        TreeEntry[] replacements = [TreeEntry.File(PyVenvConfigFile.FileName, Encoding.UTF8.GetBytes(repaired))];
        string home = Path.GetDirectoryName(_base!.Executable)!;
        if (_config!.Problem is not null)
        {
            Add(RepairMessages.Problem(_config.Problem), replacements);
        }
        else if (!_keepsBase && (_config.Home is null || !_files.IsDirectory(PathText.Absolute(_config.Home, _environment.Prefix))
            || new BaseInterpreters(_files).Find(_files.RealPath(_config.Home) ?? _config.Home,
                _base.Executable)?.Installation.StdLib is not string stdlib
            || !string.Equals(stdlib, _base.StdLib, StringComparison.Ordinal)))
        {
            Add(RepairMessages.WrongConfig(_config.Home, home), replacements);
        }
        else
        {
            IEnumerable<string> lines = repaired.Split('\n').Except(text.Split('\n'), StringComparer.Ordinal).Select(line => line.Trim());
            _defects.Add(
                new(RepairMessages.OldConfig([.. lines]), IsHarmless: true)
                {
                    Replacements = replacements,
                });
        }
    }

    private void ExaminePlace(VenvContents plan, TreeEntry[] entries)
    {
        string? place =
            RecordedLocation.MadeFor(_files, _scripts) is string made && !_files.IsSame(made, _environment.Prefix) ? made : null;
        if (place is not null)
        {
            Add(
                RepairMessages.OtherFolder(place, isCopy: _files.IsFile(Path.Combine(place, PyVenvConfigFile.FileName))),
                [.. MovedScripts.In(_files, _scripts, place, _environment.Prefix, _config!.Creator == PythonManager.Venv,
                    [.. entries.Where(entry => entry.Kind == TreeEntryKind.File && IsIn(entry, plan.Scripts))])]);
        }
        TreeEntry[] commands = [.. StaleCommands.In(_files, _scripts, plan, place)];
        if (commands.Length > 0)
        {
            Add(RepairMessages.StaleCommands([.. commands.Select(entry => Path.GetFileName(entry.Path))]), commands);
        }
    }

    private void Add(string message, IReadOnlyList<TreeEntry> replacements) => _defects.Add(new(message)
    {
        Replacements = replacements,
    });

    private void AddFatal(string message) => _defects.Add(new(message)
    {
        IsFatal = true,
        Remedies = Recreation.Remedies(_catalog, _environment, _base, _libraries),
    });
}
