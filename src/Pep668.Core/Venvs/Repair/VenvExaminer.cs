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
/// Compares a virtual environment with what its base Python would make in its place: nothing is run. What differs is a
/// defect, with what to write where it can be repaired.
/// </summary>
internal sealed class VenvExaminer
{
    private readonly FileTree _files;
    private readonly PythonEnvironment _environment;
    private readonly VenvConfig? _config;
    private readonly string _scripts;
    private readonly InstalledLibraries _libraries;
    private readonly PythonEnvironment? _base;
    private readonly List<VenvDefect> _defects = [];

    private VenvExaminer(FileTree files, PythonEnvironment environment, InstalledLibraries libraries, PythonEnvironment? @base)
    {
        _files = files;
        _environment = environment;
        _config = environment.Config;
        _scripts = environment.Scripts ?? Path.Combine(environment.Prefix, "bin");
        _libraries = libraries;
        _base = @base;
    }

    /// <summary>Examines one.</summary>
    /// <param name="catalog">The machine.</param>
    /// <param name="environment">A virtual environment.</param>
    /// <param name="python">The base Python that it is to have; null for the one it has, else one of the same
    /// version.</param>
    internal static VenvExamination Examine(EnvironmentCatalog catalog, PythonEnvironment environment, PythonEnvironment? python = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(environment);
        InstalledLibraries libraries = InstalledLibraries.In(catalog.Machine.Files, environment);
        // Below a root no base is looked for, and none is missing.
        Outcome<PythonEnvironment>? found = environment.Root is null ? FindBase(catalog, environment, libraries, python) : null;
        var examiner = new VenvExaminer(catalog.Machine.Files, environment, libraries, found?.OrNull());
        examiner.Examine(catalog.Machine);
        return new(examiner._defects, found?.OrNull(), found?.Failure, libraries);
    }

    private static Outcome<PythonEnvironment> FindBase(
        EnvironmentCatalog catalog, PythonEnvironment environment, InstalledLibraries libraries, PythonEnvironment? python)
    {
        var bases = new BasePython(catalog);
        Outcome<PythonEnvironment> given = bases.Find(python ?? environment);
        if (python is not null || (given.OrNull() is PythonEnvironment found && IsOfSeries(found, environment, libraries)))
        {
            return given;
        }
        // Gone, or of another version: one of the same version that is elsewhere on the machine does as well.
        PythonEnvironment? other = catalog.All
            .Where(one =>
                one is { Kind: EnvironmentKind.Global, Health: EnvironmentHealth.Healthy } && IsOfSeries(one, environment, libraries))
            .Order(new EnvironmentResolver(catalog).Order).FirstOrDefault();
        return other is not null && bases.Find(other).OrNull() is PythonEnvironment usable ? usable : given;
    }

    private static bool IsOfSeries(PythonEnvironment python, PythonEnvironment environment, InstalledLibraries libraries) =>
        libraries.Series is null
        || (python.StdLib is not null && string.Equals(Path.GetFileName(python.StdLib), libraries.Series, StringComparison.Ordinal))
        || (python.VersionInfo is Version version && libraries.Version is Version made
            && (version.Major, version.Minor) == (made.Major, made.Minor)
            && string.Equals(python.Implementation, environment.Implementation, StringComparison.Ordinal)
            && python.StdLib!.EndsWith("Lib", StringComparison.Ordinal));

    private void Examine(Machine machine)
    {
        if (_config is null)
        {
            Add("It has no pyvenv.cfg: it was made by a virtualenv before version 20, which is not mended here.");
            return;
        }
        if (_environment.Root is null && _base is null)
        {
            Add($"Its base Python is gone ({_config.Home}), and no other Python {_libraries.Version?.ToString(2)} was found " +
                $"here.{_libraries.Reinstall}");
            return;
        }
        if (_base is null || VenvModule.Read(_files, _base.StdLib!) is not VenvModule module)
        {
            AddProblem();
            return;
        }
        if (!IsOfSeries(_base, _environment, _libraries))
        {
            Add($"It was made for Python {_libraries.Version?.ToString(2)}, but its base Python is now {_base.Version}: what was " +
                $"installed is not seen.{_libraries.Reinstall}");
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
        // Of pip itself it was said above.
        _defects.AddRange(InterruptedInstall.Find(machine, _environment)
            .Where(problem => !problem.Paths.Any(path => _defects.Exists(
                defect => defect.Removals.Any(removed => IsPath(removed, path)))))
            .Select(problem => new VenvDefect(problem.Notice.Message) { Remedies = problem.Notice.Remedies }));
        if (_defects.TrueForAll(defect => defect.IsHarmless))
        {
            AddProblem();
        }
    }

    // What the reader saw and nothing here explains.
    private void AddProblem()
    {
        if (_environment.Problem is string problem)
        {
            Add(problem);
        }
    }

    private void ExamineInterpreters(VenvContents plan, TreeEntry[] entries)
    {
        string real = _files.RealPath(_base!.Executable)!;
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
                bad.Length == 0 ? $"It has no interpreter: {_environment.Executable} does not exist."
                    : $"Its interpreter does not lead to its base Python {_base.Executable}: " +
                        $"{string.Join(", ", bad.Select(name => Described(Path.Combine(_scripts, name))))}.",
                [.. wanted, .. others]);
        }
        else if (wanted.Any(entry => entry.Kind == TreeEntryKind.Link)
            && _files.LinkStat(Path.Combine(_scripts, plan.ExecutableName)).Kind == FileKind.File
            && InterpreterVersion.Numbers(_config!.Version) is Version made && made != _base.VersionInfo)
        {
            Add($"Its interpreter is a copy of Python {made}, but its base Python is {_base.Version}.", [.. wanted]);
        }
        TreeEntry lib64 = Array.Find(entries, entry => entry.Path is "lib64");
        if (lib64.Path is not null && _files.LinkStat(Path.Combine(_environment.Prefix, "lib64")).Kind == FileKind.Link
            && !_files.IsDirectory(Path.Combine(_environment.Prefix, "lib64")))
        {
            Add("Its lib64 is a link that leads nowhere.", [lib64]);
        }
    }

    // A link that leads nowhere or to another Python. A program of its own is what --copies and Windows have.
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
        string repaired = RepairedConfig.With(text, _files, _base!, _environment.Prefix);
        if (string.Equals(text, repaired, StringComparison.Ordinal) && _config!.Problem is null)
        {
            return;
        }
        TreeEntry[] replacements = [TreeEntry.File(PyVenvConfigFile.FileName, Encoding.UTF8.GetBytes(repaired))];
        string home = Path.GetDirectoryName(_base!.Executable)!;
        if (_config!.Problem is not null)
        {
            Add(_config.Problem, replacements);
        }
        else if (_config.Home is null || !_files.IsDirectory(Path.GetFullPath(_config.Home, _environment.Prefix))
            || new BaseInterpreters(_files).Find(_files.RealPath(_config.Home) ?? _config.Home,
                _base.Executable)?.Installation.StdLib is not string stdlib
            || !string.Equals(stdlib, _base.StdLib, StringComparison.Ordinal))
        {
            Add($"Its pyvenv.cfg names another base Python ({_config.Home ?? "none"}) than it has ({home}).", replacements);
        }
        else
        {
            IEnumerable<string> lines = repaired.Split('\n').Except(text.Split('\n'), StringComparer.Ordinal).Select(line => line.Trim());
            _defects.Add(
                new($"Its pyvenv.cfg is out of date; now true: {string.Join("; ", lines)}.", IsHarmless: true)
                {
                    Replacements = replacements,
                });
        }
    }

    private void ExaminePlace(VenvContents plan, TreeEntry[] entries)
    {
        string? place = RecordedLocation.MadeFor(_files, _scripts);
        if (place is not null && !IsHere(place))
        {
            string how = _files.IsFile(Path.Combine(place, PyVenvConfigFile.FileName)) ? "copied" : "moved";
            Add(
                $"It was {how} here from {place}: its activation scripts still name that place.",
                [.. MovedScripts.In(_files, _scripts, place, _environment.Prefix, _config!.Creator == PythonManager.Venv,
                    [.. entries.Where(entry => entry.Kind == TreeEntryKind.File && IsIn(entry, plan.Scripts))])]);
        }
        TreeEntry[] commands = [.. StaleCommands.In(_files, _scripts, plan, place)];
        if (commands.Length > 0)
        {
            string more = commands.Length > 5 ? ", …" : "";
            string names = string.Join(", ", commands.Select(entry => Path.GetFileName(entry.Path)).Take(5)) + more;
            Add($"Its commands ({names}) start an interpreter that is not its own.", commands);
        }
    }

    private bool IsHere(string place) =>
        string.Equals(place, _environment.Prefix, StringComparison.Ordinal)
            || string.Equals(_files.RealPath(place), _environment.Prefix, StringComparison.Ordinal);

    private void Add(string message, IReadOnlyList<TreeEntry>? replacements = null) => _defects.Add(new(message)
    {
        Replacements = replacements,
    });
}
