using System.ComponentModel;
using System.Text.Json;

namespace Pep668.Tests;

/// <summary>What a test requires of an interpreter in addition to its standard library.</summary>
[Flags]
internal enum Needs
{
    Nothing = 0,

    /// <summary>The module <c>venv</c>.</summary>
    Venv = 1,

    /// <summary>The module <c>ensurepip</c> and the wheel of pip that it installs.</summary>
    Ensurepip = 2,

    /// <summary>Wheels beside <c>ensurepip</c>, as python.org has them: Debian removes the launchers for
    /// Windows.</summary>
    Launchers = 4,

    /// <summary>An installed pip.</summary>
    Pip = 8,

    /// <summary>An installed pip, or a wheel of one.</summary>
    PipOrWheel = 16,
}

/// <summary>An interpreter of this machine, with the facts that tests choose it by.</summary>
internal sealed record Interpreter(
    string Executable, Version Version, string Implementation, string Prefix, bool IsManaged, bool HasVenv, bool HasEnsurepip,
    string? PipWheel, string? PipVersion, bool PipKnowsMarkers, string? PackagingVersion)
{
    internal bool IsCPython => Implementation is "CPython";

    internal string Series => Version.ToString(2);

    /// <summary>The name in the rows of a theory.</summary>
    internal string Name => $"{Implementation} {Series}{(IsManaged ? ", externally managed" : "")}";

    internal (int Major, int Minor) MajorMinor => (Version.Major, Version.Minor);

    /// <summary>The major version of the <c>packaging</c> inside its pip; 0 without one.</summary>
    internal int PackagingMajor => PackagingVersion is null ? 0
        : int.Parse(PackagingVersion.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);

    internal bool Meets(Needs needs) =>
        (!needs.HasFlag(Needs.Venv) || HasVenv) && (!needs.HasFlag(Needs.Ensurepip) || HasEnsurepip)
        && (!needs.HasFlag(Needs.Launchers) || Path.GetFileName(Path.GetDirectoryName(PipWheel)) is "_bundled")
        && (!needs.HasFlag(Needs.Pip) || PipVersion is not null)
        && (!needs.HasFlag(Needs.PipOrWheel) || (PipVersion ?? PipWheel) is not null);

    /// <summary>Runs a script that prints JSON, away from the user's own modules; writes no byte-code.</summary>
    internal JsonElement Run(string script, params string[] arguments)
    {
        string output = Tool.Run(Executable, ["-I", "-B", "-W", "ignore", "-c", script, .. arguments]).Checked().Output;
        return JsonDocument.Parse(output).RootElement;
    }
}

/// <summary>
/// The interpreters of this machine, and the requests that tests make. A request that no interpreter of the machine
/// meets skips the test with a reason that starts with "needs".
/// </summary>
internal static class Interpreters
{
    // A test that names a version needs what only that version has.
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["2.7"] = "Python 2, with a pip that does not know PEP 668",
        ["3.6"] = "the oldest supported version, with pip 18.1",
        ["3.7"] = "a pip that does not know PEP 668",
        ["3.8"] = "the oldest version with pip 23.0, and setuptools beside it",
        ["3.9"] = "pip 23.0.1, the first with --break-system-packages",
        ["3.11"] = "the newest version that Debian's virtualenv has wheels for",
    };

    private const string Facts = """
        import glob, json, os, sys, sysconfig

        def version(name):
            try:
                return __import__(name, fromlist=['__version__']).__version__
            except Exception:
                return None

        def exists(name):
            try:
                from importlib.util import find_spec
            except ImportError: # Python 2
                from pkgutil import find_loader as find_spec
            return find_spec(name) is not None

        # The module that has it takes ten times as long to be imported.
        def knows_markers():
            try:
                import pip
                with open(os.path.join(os.path.dirname(pip.__file__), '_internal', 'exceptions.py'), 'rb') as source:
                    return b'class ExternallyManagedEnvironment(' in source.read()
            except Exception:
                return False

        # Debian has its wheels in this folder: older ones by a path in the source, later ones as WHEEL_PKG_DIR.
        debian, folders = '/usr/share/python-wheels', []
        try:
            import ensurepip
            folders = [os.path.join(os.path.dirname(ensurepip.__file__), '_bundled'), getattr(ensurepip, '_WHEEL_PKG_DIR', None)]
            with open(ensurepip.__file__) as source:
                folders += [debian] if debian in source.read() else []
        except Exception:
            pass

        def wheels(folders):
            return [wheel for folder in folders if folder for wheel in sorted(glob.glob(os.path.join(folder, 'pip-*.whl')))]

        marker = os.path.join(sysconfig.get_path('stdlib'), 'EXTERNALLY-MANAGED')
        is_virtual = hasattr(sys, 'real_prefix') or getattr(sys, 'base_prefix', sys.prefix) != sys.prefix
        print(json.dumps(None if is_virtual else dict(
            Version='%d.%d.%d' % sys.version_info[:3], Implementation='PyPy' if hasattr(sys, 'pypy_version_info') else 'CPython',
            Prefix=sys.prefix, IsManaged=os.path.isfile(marker), HasVenv=exists('venv'), HasEnsurepip=len(wheels(folders)) > 0,
            PipWheel=(wheels(folders + [debian]) + [None])[0], PipVersion=version('pip'), PipKnowsMarkers=knows_markers(),
            PackagingVersion=version('pip._vendor.packaging') or version('pip._vendor.packaging.__about__'))))
        """;

    private static readonly Lazy<IReadOnlyList<Interpreter>> Found =
        new(() => [.. Candidates().DistinctBy(RealPath).Select(Ask).OfType<Interpreter>()]);

    /// <summary>
    /// Every base interpreter in <c>~/.pyenv/versions</c>, the tool cache of a hosted runner, the usual folders and
    /// PATH. Shims and virtual environments are not listed.
    /// </summary>
    internal static IReadOnlyList<Interpreter> All => Found.Value;

    /// <summary>One CPython 3 of each minor version, the oldest first.</summary>
    internal static IReadOnlyList<Interpreter> Minors(Needs needs = Needs.Nothing) =>
        [.. All.Where(one => one.IsCPython && one.Version.Major == 3 && one.Meets(needs))
            .DistinctBy(one => one.MajorMinor).OrderBy(one => one.MajorMinor)];

    /// <summary>An interpreter for a test that runs with any: the newest CPython that meets the requirement.</summary>
    internal static Interpreter Newest(Needs needs = Needs.Nothing) => Need("newest", needs);

    /// <summary>
    /// The interpreter that a row of a theory asks for: "newest"; "previous", the minor version before the newest, or
    /// the newest where it is the only one; "another", the same but skipped where there is one only; "managed", an
    /// externally managed one; a version; or the name of an interpreter in <see cref="Each"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The text is none of these: a test that is skipped because of a typing error
    /// tests nothing.</exception>
    internal static Interpreter Need(string request, Needs needs = Needs.Nothing)
    {
        if (request is not ("newest" or "previous" or "another" or "managed") && !request.StartsWith("CPython", StringComparison.Ordinal)
            && !request.StartsWith("PyPy", StringComparison.Ordinal) && !Version.TryParse(request, out _)
            && All.All(one => one.Name != request))
        {
            throw new ArgumentException($"'{request}' does not name an interpreter.", nameof(request));
        }
        Interpreter? found = Find(request, needs);
        Assert.SkipWhen(found is null, "needs " + Describe(request, needs));
        return found!;
    }

    /// <summary>All interpreters; skips the test where none was found.</summary>
    internal static IReadOnlyList<Interpreter> NeedAny()
    {
        Assert.SkipWhen(All.Count == 0, "needs a Python");
        return All;
    }

    /// <summary>The first interpreter that a condition holds for; the reason continues "needs".</summary>
    internal static Interpreter Need(Func<Interpreter, bool> condition, string reason)
    {
        Interpreter? found = All.FirstOrDefault(condition);
        Assert.SkipWhen(found is null, "needs " + reason);
        return found!;
    }

    /// <summary>An interpreter that imports a module which Python does not bring.</summary>
    internal static Interpreter NeedModule(string module) =>
        Need(
            one => one.Version.Major == 3 && Tool.Run(one.Executable, ["-c", "import " + module]).ExitCode == 0,
            "the Python package " + module);

    /// <summary>
    /// Rows of a theory: the oldest and the newest minor version of this machine with <c>venv</c>, the system's and
    /// another implementation; in a full run (<see cref="TestExtent"/>) all. More rows are skipped, and name what is
    /// missing and what was left out.
    /// </summary>
    /// <param name="isSlow">Whether another implementation, whose pip takes three times as long, is for a full run
    /// only.</param>
    internal static TheoryData<string> Each(bool isSlow = false)
    {
        Interpreter[] found = [.. All.Where(one => one.HasVenv).OrderBy(one => one.Implementation).ThenBy(one => one.MajorMinor)];
        IEnumerable<string> present = found.Where(one => one.IsCPython).Select(one => one.Series);
        string[] missing = [.. Enumerable.Range(6, 9).Select(minor => $"3.{minor}").Except(present)];
        string[] kinds =
        [
            .. missing.Length > 0 ? (string[])["CPython " + string.Join(", ", missing)] : [],
            .. found.All(one => one.IsCPython) ? (string[])["PyPy"] : [],
        ];
        string[] names = [.. found.Select(one => one.Name).Distinct()];
        string[] chosen = [.. Sample(found).Where(one => TestExtent.IsFull || one.IsCPython || !isSlow)
            .Select(one => one.Name).Distinct()];
        var rows = new TheoryData<string>(chosen);
        if (chosen.Length < names.Length)
        {
            string others = string.Join(", ", names.Except(chosen));
            rows.Add(new TheoryDataRow<string>("others") { Skip = $"{TestExtent.Reason}: {others}" });
        }
        if (kinds.Length > 0)
        {
            rows.Add(new TheoryDataRow<string>("missing") { Skip = $"needs {string.Join(" and ", kinds)}: venv differs between versions" });
        }
        return rows;
    }

    /// <summary>The oldest and the newest of some interpreters, an externally managed one and another implementation;
    /// in a full run all.</summary>
    internal static IReadOnlyList<Interpreter> Sample(IReadOnlyList<Interpreter> all) => TestExtent.IsFull ? all :
    [
        .. TestExtent.Ends([.. all.Where(one => one is { IsCPython: true, IsManaged: false }).OrderBy(one => one.MajorMinor)]),
        .. all.Where(one => one.IsCPython && one.IsManaged).Take(1),
        .. all.Where(one => !one.IsCPython).Take(1),
    ];

    private static Interpreter? Find(string request, Needs needs)
    {
        IReadOnlyList<Interpreter> minors = Minors(needs);
        return request switch
        {
            "newest" => minors.Count == 0 ? null : minors[^1],
            "previous" => minors.Count == 0 ? null : minors[Math.Max(0, minors.Count - 2)],
            "another" => minors.Count < 2 ? null : minors[^2],
            "managed" => All.FirstOrDefault(one => one.IsCPython && one.IsManaged && one.Meets(needs)),
            _ => All.FirstOrDefault(one => one.Name == request && one.Meets(needs))
                ?? All.FirstOrDefault(one => one.IsCPython && !one.IsManaged && one.Series == request && one.Meets(needs))
                ?? All.FirstOrDefault(one => one.IsCPython && one.Series == request && one.Meets(needs))
                ?? All.FirstOrDefault(one => one.Implementation == request && one.Meets(needs)),
        };
    }

    private static string Describe(string request, Needs needs)
    {
        string what = request switch
        {
            "another" => "two minor versions of CPython",
            "managed" => "an externally managed CPython",
            _ when Reasons.ContainsKey(request) => "CPython " + request,
            _ => request.StartsWith("PyPy", StringComparison.Ordinal) ? "PyPy" : "CPython",
        };
        string reason = Reasons.TryGetValue(request, out string? text) ? ": " + text : "";
        if (Find(request, Needs.Nothing) is null)
        {
            return what + reason;
        }
        (Needs Need, string Name)[] parts =
        [
            (Needs.Venv, "venv"), (Needs.Ensurepip, "ensurepip"), (Needs.Launchers, "pip's launchers for Windows"), (Needs.Pip, "pip"),
            (Needs.PipOrWheel, "pip"),
        ];
        return $"{what} with {string.Join(" and ", parts.Where(part => needs.HasFlag(part.Need)).Select(part => part.Name))}{reason}";
    }

    private static Interpreter? Ask(string executable)
    {
        try
        {
            Tool.Result result = Tool.Run(executable, ["-E", "-s", "-B", "-W", "ignore", "-c", Facts]);
            JsonElement facts = result.ExitCode == 0 ? JsonDocument.Parse(result.Output).RootElement : default;
            return facts.ValueKind != JsonValueKind.Object ? null : new(
                executable, Version.Parse(Text("Version")!), Text("Implementation")!, Text("Prefix")!, Is("IsManaged"), Is("HasVenv"),
                Is("HasEnsurepip"), Text("PipWheel"), Text("PipVersion"), Is("PipKnowsMarkers"), Text("PackagingVersion"));

            string? Text(string name) => facts.GetProperty(name).GetString();

            bool Is(string name) => facts.GetProperty(name).GetBoolean();
        }
        catch (Exception exception) when (exception is Win32Exception or JsonException)
        {
            return null; // a file of that name that is not an interpreter, or not of this machine
        }
    }

    private static string RealPath(string path) => Pep668.Machines.FileTree.Host.RealPath(path) ?? path;

    private static IEnumerable<string> Candidates() => Paths().Where(path => new FileInfo(path) is { Exists: true } && !IsScript(path));

    private static IEnumerable<string> Paths()
    {
        string end = OperatingSystem.IsWindows() ? ".exe" : "";
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string cache = Environment.GetEnvironmentVariable("RUNNER_TOOL_CACHE") ?? "/nonexistent";
        foreach (string versions in (string[])[Path.Combine(home, ".pyenv", "versions"), Path.Combine(cache, "Python")])
        {
            foreach (string version in (Directory.Exists(versions) ? Directory.GetDirectories(versions) : []).Order())
            {
                yield return Path.Combine(version, "bin", "python");
                yield return Path.Combine(version, "x64", OperatingSystem.IsWindows() ? "python.exe" : "bin/python");
            }
        }
        string[] usual = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] numbered = [.. Enumerable.Range(6, 14).Reverse().Select(minor => $"python3.{minor}")];
        foreach (string folder in usual.Concat(path.Where(Path.IsPathFullyQualified)).Where(Directory.Exists).Distinct())
        {
            foreach (string name in (string[])["python3", .. numbered, "python", "pypy3", "pypy"])
            {
                yield return Path.Combine(folder, name + end);
            }
        }
    }

    // pyenv, asdf and others put scripts in PATH that start the interpreter which the folder asks for; Windows has
    // aliases of 0 bytes.
    private static bool IsScript(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return file.ReadByte() is -1 or '#';
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
