using Pep668.Discovery.Locators;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Versions;

namespace Pep668.Discovery.Resolution;

/// <summary>
/// The one resolver. A text means, in this order: an existing path, a name, a version or specifier. Nothing given means
/// the active environment, else the nearest <c>.venv</c> upward that belongs to this user or root, else the default
/// Python.
/// </summary>
internal sealed class EnvironmentResolver(EnvironmentCatalog catalog)
{
    private const string ListThem = "Get-PythonEnvironment";

    /// <summary>The machine on which it resolves.</summary>
    internal Machine Machine => catalog.Machine;

    /// <summary>
    /// Whether an environment at a path gets its links in other folders and whether it is the default, which only a
    /// list shows: both need a look at the rest of the machine.
    /// </summary>
    internal bool DescribesFully { get; init; }

    /// <summary>The same rules on another machine, such as one below a root.</summary>
    internal EnvironmentResolver On(Machine machine) => new(new EnvironmentCatalog(machine)) { DescribesFully = DescribesFully };

    /// <summary>The environment that is used when none is named.</summary>
    public Outcome<PythonEnvironment> Implied()
    {
        IReadOnlyList<Notice> notices = [];
        if (catalog.ActiveFolder is string active)
        {
            Outcome<PythonEnvironment> resolution = AtPath(active, FoundBy.Active, $"the active environment ({active})");
            if (resolution.OrNull() is not null)
            {
                return resolution;
            }
            notices = [$"The active environment '{active}' is not there any more; passing it over."];
        }
        if (NearestVenvLocator.Nearest(Machine) is string upward)
        {
            if (NearestVenvLocator.IsTrusted(Machine, upward))
            {
                return AtPath(upward, FoundBy.Upward, $"the nearest .venv upward ({upward})") with { Notices = notices };
            }
            notices = [$"'{upward}' belongs to another user; passing it over. Name it to use it all the same."];
        }
        return catalog.Default is PythonEnvironment found
            ? Outcome.Success(found, [$"Nothing named, none active: the default Python, {found.Executable}."], notices)
            : Outcome.Fail<PythonEnvironment>([NoPython()]) with { Notices = notices };
    }

    private static Failure NoPython() =>
        new(FailureId.PythonNotFound, "No Python was found: none is active, no .venv is near, none is on PATH.", null, ListThem);

    /// <summary>The environment that a text names.</summary>
    /// <param name="text">A path, a name, a version or a specifier.</param>
    public Outcome<PythonEnvironment> Resolve(string text) => Resolve(text, basesFirst: false);

    private Outcome<PythonEnvironment> Resolve(string text, bool basesFirst)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Missing(text, "An empty text names no environment.", ListThem);
        }
        bool isPath = text.AsSpan().IndexOfAny('/', Path.DirectorySeparatorChar) >= 0 || text is "~" or "." or "..";
        Outcome<PythonEnvironment>? atPath = null;
        string path = Machine.Absolute(text);
        if (Machine.Files.LinkStat(path).Kind != FileKind.Missing)
        {
            atPath = AtPath(path, FoundBy.Given, $"'{text}' is a path");
            if (isPath || atPath.OrNull() is not null)
            {
                return atPath;
            }
        }
        else if (isPath)
        {
            return Missing(text, Explain(path, ReadFailure.Missing), ListThem);
        }
        return ByName(text) ?? ByVersion(text, basesFirst) ?? atPath ?? Missing(
            text, $"'{text}' is no existing path, no environment's name, and no version or specifier such as 3.12 or '>=3.10'.", ListThem);
    }

    /// <summary>
    /// The Python to make a virtual environment from: as the others, but among several that a version fits a base
    /// interpreter comes first, and an implied environment that is broken is skipped.
    /// </summary>
    /// <param name="text">A path, a name, a version or a specifier; null for the implied one.</param>
    public Outcome<PythonEnvironment> ResolveBase(string? text)
    {
        if (text is not null)
        {
            return Resolve(text, basesFirst: true);
        }
        Outcome<PythonEnvironment> implied = Implied();
        return implied.OrNull() is { Health: EnvironmentHealth.Broken } broken && catalog.Default is PythonEnvironment found
            ? Outcome.Success(
                found, [$"The default Python, {found.Executable}."], [$"{broken.Prefix} is broken; the default Python is taken."])
            : implied;
    }

    /// <summary>The environment at an absolute path, and nothing else.</summary>
    public Outcome<PythonEnvironment> AtPath(string path) => AtPath(path, FoundBy.Given, $"'{path}' is a path");

    private Outcome<PythonEnvironment> AtPath(string path, string foundBy, string reason)
    {
        EnvironmentReading reading = DescribesFully ? catalog.Identify(path, foundBy) : catalog.ReadOne(path, foundBy);
        return reading.Environment is PythonEnvironment found
            ? Outcome.Success(found, [$"{char.ToUpperInvariant(reason[0])}{reason[1..]}: {found.Executable}."])
            : Missing(path, Explain(path, reading.Reason), Remedy(path, reading.Reason));
    }

    private string Explain(string path, ReadFailure reason) => reason switch
    {
        ReadFailure.Missing when Machine.Files.IsDenied(path) =>
            $"'{path}' cannot be looked at: a folder on the way to it may not be entered.",
        ReadFailure.Missing => $"'{path}' does not exist.",
        ReadFailure.Script => $"'{path}' is a script, not an interpreter, and leads to none that is installed.",
        ReadFailure.NotExecutable => $"'{path}' is a Python interpreter, but it may not be executed.",
        _ when Machine.Files.IsDirectory(path) && Machine.Files.TryList(path) is null => $"The folder '{path}' may not be read.",
        _ when Machine.Files.IsDirectory(path) => $"There is no Python in the folder '{path}'.",
        _ => $"'{path}' is not a Python interpreter.",
    };

    private static string Remedy(string path, ReadFailure reason) =>
        reason == ReadFailure.NotExecutable ? $"chmod +x '{path}'" : ListThem;

    private Outcome<PythonEnvironment>? ByName(string text)
    {
        PythonEnvironment[] fitting = [.. catalog.All.Where(one => string.Equals(one.Name, text, StringComparison.OrdinalIgnoreCase))];
        return fitting.Length == 0 ? null : Best(fitting, $"'{text}' is a name");
    }

    private Outcome<PythonEnvironment>? ByVersion(string text, bool basesFirst)
    {
        if (!PythonRequest.TryParse(text, out PythonRequest? request))
        {
            return null;
        }
        PythonEnvironment[] fitting = basesFirst ? Fitting(catalog.All.Where(one => !one.IsVirtual), request) : [];
        fitting = fitting.Length > 0 ? fitting : Fitting(catalog.All, request);
        return fitting.Length > 0
            ? Best(fitting, $"'{text}' is a version")
            : new Failure(FailureId.PythonNotFound, NoneFits(catalog.All.Order(Order), text), text, ListThem);
    }

    /// <summary>That no Python fits, and which versions there are.</summary>
    public static string NoneFits(IEnumerable<PythonEnvironment> environments, string text)
    {
        string[] versions = [.. environments.Select(one => one.Version).OfType<string>().Distinct(StringComparer.Ordinal)];
        return $"No Python here fits '{text}'." +
            (versions.Length == 0 ? "" : $" There {(versions.Length == 1 ? "is" : "are")}: {string.Join(", ", versions)}.");
    }

    /// <summary>Those that a request fits; pre-releases only where it names one or no final release fits (PEP 440,
    /// "Handling of pre-releases").</summary>
    public static PythonEnvironment[] Fitting(IEnumerable<PythonEnvironment> environments, PythonRequest request)
    {
        (PythonEnvironment Environment, Pep440Version Version)[] known =
        [
            .. environments
                .Select(one => (one, Pep440Version.TryParse(one.Version ?? "", out Pep440Version? version) ? version : null))
                .Where(pair => pair.Item2 is not null)!
        ];
        PythonEnvironment[] finals = Matching(allowPrereleases: false);
        return finals.Length > 0 ? finals : Matching(allowPrereleases: true);

        PythonEnvironment[] Matching(bool allowPrereleases) =>
        [
            .. known
                .Where(pair =>
                    request.Matches(pair.Environment.Implementation, pair.Version, pair.Environment.IsFreeThreaded, allowPrereleases))
                .Select(pair => pair.Environment)
        ];
    }

    private Outcome<PythonEnvironment> Best(PythonEnvironment[] fitting, string reason)
    {
        PythonEnvironment best = fitting.Order(Order).First();
        string others = fitting.Length == 1
            ? ""
            : $" {fitting.Length} fit; the best is taken: the others are {string.Join(", ", fitting.Where(one => one != best))}.";
        return Outcome.Success(best, [$"{reason}: {best.Executable}.{others}"]);
    }

    /// <summary>The documented order among several that fit.</summary>
    public IComparer<PythonEnvironment> Order => new EnvironmentOrder(
        NearestVenvLocator.Nearest(Machine) is string upward && NearestVenvLocator.IsTrusted(Machine, upward)
            ? Machine.Files.RealPath(upward)
            : null);

    private static Failure Missing(string target, string message, string action) =>
        new(FailureId.EnvironmentNotFound, message, target, action);
}
