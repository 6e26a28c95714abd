using Pep668.Discovery.Locators;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Versions;

namespace Pep668.Discovery.Resolution;

/// <summary>
/// Resolves what users give as an environment. A text is, in this order, an existing path, a name, a version or
/// specifier. Without a text, it is the active environment, else the nearest <c>.venv</c> in this folder or a parent
/// folder that belongs to this user or root (or what a file there names), else the default Python.
/// </summary>
internal sealed class EnvironmentResolver(EnvironmentCatalog catalog)
{
    private PythonEnvironment? _implied;

    private string? Root => Machine.Files.Root;

    /// <summary>The machine on which it resolves.</summary>
    internal Machine Machine => catalog.Machine;

    /// <summary>
    /// Whether an environment at a path gets <see cref="PythonEnvironment.Aliases"/> in other folders and
    /// <see cref="PythonEnvironment.IsDefault"/>, which only lists show: both need a search of the whole machine.
    /// </summary>
    internal bool DescribesFully { get; init; }

    /// <summary>The same rules on another machine, such as one below a root.</summary>
    internal EnvironmentResolver On(Machine machine) => new(new EnvironmentCatalog(machine)) { DescribesFully = DescribesFully };

    /// <summary>The environment that is used if none is named.</summary>
    public Outcome<PythonEnvironment> Implied()
    {
        if (catalog.ActiveFolder is not string active)
        {
            return NearestOrDefault([]);
        }
        Outcome<PythonEnvironment> resolution = AtPath(active, FoundBy.Active, found => DiscoveryMessages.UsingActive(found, active));
        if (resolution.OrNull() is not null)
        {
            return resolution;
        }
        if (Machine.Files.IsDirectory(Path.Combine(active, "conda-meta")))
        {
            // conda creates environments of other languages, and its shell then starts the next Python on PATH.
            Outcome<PythonEnvironment> next = NearestOrDefault([]);
            return next with { Reasons = [DiscoveryMessages.ActiveWithoutPython(active), .. next.Reasons] };
        }
        return NearestOrDefault(
            [DiscoveryMessages.ActiveIgnored(active, ActiveLocator.Variable(Machine)!, Machine.Files.IsDirectory(active))]);
    }

    private Outcome<PythonEnvironment> NearestOrDefault(IReadOnlyList<Notice> notices)
    {
        if (NearestEnvironment.Find(Machine) is NearestEnvironment nearest)
        {
            if (nearest.ForeignPart(Machine) is string foreign)
            {
                notices = [.. notices, DiscoveryMessages.ForeignIgnored(foreign)];
            }
            else
            {
                return AtNearest(nearest, FoundBy.Upward, found => DiscoveryMessages.UsingNearest(found, nearest.Source)) with
                {
                    Notices = notices,
                };
            }
        }
        PythonEnvironment? found = catalog.Default;
        if (catalog.ScriptBeforeDefault is string script)
        {
            notices = [.. notices, DiscoveryMessages.ScriptIgnored(script, found?.Executable)];
        }
        return found is not null ? Outcome.Success(found, [DiscoveryMessages.UsingDefault(found.Executable)], notices)
            : Outcome.Fail<PythonEnvironment>([DiscoveryMessages.NoPython(Root)]) with { Notices = notices };
    }

    /// <summary>The environment with a note for lists: whether it is the one that is used if none is named.</summary>
    public PythonEnvironment Marked(PythonEnvironment environment)
    {
        _implied ??= Implied().OrNull();
        return environment with { IsImplied = environment == _implied };
    }

    /// <summary>The environment that a text names: of several, the first in the documented order.</summary>
    /// <param name="text">A path, a name, a version or a specifier.</param>
    public Outcome<PythonEnvironment> Resolve(string text) => First(Match(text, basesFirst: false));

    /// <summary>All environments that a text names, in the documented order.</summary>
    /// <param name="text">A path, a name, a version or a specifier.</param>
    public Outcome<IReadOnlyList<PythonEnvironment>> ResolveAll(string text)
    {
        Outcome<Matches> outcome = Match(text, basesFirst: false);
        return outcome.TryGet(out Matches? matches, out Failure? failure) ? Outcome.Success(matches.Found) : failure;
    }

    /// <summary>Whether a text can only be a path: it is not the name of an environment, and not a version.</summary>
    public static bool IsPath(string text) =>
        text.AsSpan().IndexOfAny('/', Path.DirectorySeparatorChar) >= 0 || text is "~" or "." or "..";

    /// <summary>Whether a text is a version or a specifier.</summary>
    public static bool IsVersion(string text) => PythonRequest.TryParse(text, out _);

    private Outcome<Matches> Match(string text, bool basesFirst)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return DiscoveryMessages.Empty(text, Root);
        }
        bool isPath = IsPath(text);
        Failure? noneAtPath = null;
        string? path = isPath || Machine.HasCurrentDirectory ? Machine.Absolute(text) : null;
        if (path is not null && Machine.Files.LinkStat(path).Kind != FileKind.Missing)
        {
            if (AtPath(path).TryGet(out PythonEnvironment? found, out noneAtPath))
            {
                return new Matches([found], (executable, _) => DiscoveryMessages.UsingPath(executable, text));
            }
            if (isPath)
            {
                return noneAtPath;
            }
        }
        else if (isPath)
        {
            return Explain(text, path!, ReadFailure.Missing);
        }
        return ByName(text) ?? ByVersion(text, basesFirst) ?? noneAtPath ?? DiscoveryMessages.Unknown(text, Root);
    }

    /// <summary>The Python that a text names to create a virtual environment from: by the same rules, but of several
    /// that match a version, a base interpreter comes first.</summary>
    /// <param name="text">A path, a name, a version or a specifier.</param>
    public Outcome<PythonEnvironment> ResolveBase(string text) => First(Match(text, basesFirst: true));

    /// <summary>
    /// The Python to create a virtual environment from if none is named: the one of <see cref="Implied()"/>, but a
    /// broken environment is ignored, and a project can require another version (<see cref="ProjectPython"/>).
    /// </summary>
    /// <param name="path">The absolute path of the new environment.</param>
    public Outcome<PythonEnvironment> ImpliedBase(string path)
    {
        Outcome<PythonEnvironment> implied = Implied(), usual = SoundOrDefault(implied);
        if (Path.GetDirectoryName(path) is not string folder || ProjectPython.Find(Machine, folder) is not ProjectPython required
            || (usual.OrNull() is PythonEnvironment fitting && required.Matches(fitting)))
        {
            return usual;
        }
        return ByVersion(required.Request, basesFirst: true) is Matches matches
            ? Outcome.Success(matches.Found[0],
                [DiscoveryMessages.UsingRequired(matches.Found[0].Executable, required.File, required.Request.ToString())], implied.Notices)
            : DiscoveryMessages.NoRequired(
                required.File, required.Request.ToString(), Versions(), path, usual.OrNull()?.Executable, Root);
    }

    private Outcome<PythonEnvironment> SoundOrDefault(Outcome<PythonEnvironment> implied)
    {
        if (implied.OrNull() is { Health: EnvironmentHealth.Healthy } || catalog.Default is not PythonEnvironment found)
        {
            return implied;
        }
        // Without one, a file of the project may name the environment that is to be created.
        return implied.OrNull() is PythonEnvironment broken
            ? Outcome.Success(found, [DiscoveryMessages.UsingDefaultForBroken(found.Executable, broken.Prefix)],
                [.. implied.Notices, DiscoveryMessages.BrokenIgnored(broken, found.Executable)])
            : Outcome.Success(found, [DiscoveryMessages.UsingDefault(found.Executable)], implied.Notices);
    }

    /// <summary>The environment of a command: of an interpreter, of a script such as pip, or of a shim.</summary>
    /// <param name="path">The absolute path of the command.</param>
    public Outcome<PythonEnvironment> OfCommand(string path)
    {
        Outcome<PythonEnvironment> resolution = AtPath(path);
        return resolution.Failure is null ? resolution : new CommandResolver(catalog).Find(path);
    }

    /// <summary>The environment at an absolute path, and nothing else.</summary>
    public Outcome<PythonEnvironment> AtPath(string path) =>
        NearestEnvironment.NamedBy(Machine, path) is NearestEnvironment named
            ? AtNearest(named, FoundBy.Given, found => DiscoveryMessages.UsingPath(found, path))
            : AtPath(path, FoundBy.Given, found => DiscoveryMessages.UsingPath(found, path));

    private Outcome<PythonEnvironment> AtNearest(NearestEnvironment nearest, string foundBy, Func<string, string> reason)
    {
        Outcome<PythonEnvironment> found = AtPath(nearest.Folder, foundBy, reason);
        return !nearest.IsNamed ? found
            : found.OrNull() is PythonEnvironment named
                ? Outcome.Success(named with { NamedBy = nearest.Source }, found.Reasons, found.Notices)
            : DiscoveryMessages.NotAtNamed(nearest.Source, nearest.Folder, Root);
    }

    private Outcome<PythonEnvironment> AtPath(string path, string foundBy, Func<string, string> reason)
    {
        EnvironmentReading reading = DescribesFully ? catalog.Identify(path, foundBy) : catalog.ReadOne(path, foundBy);
        return reading.Environment is PythonEnvironment found
            ? Outcome.Success(found, [reason(found.Executable)])
            : Explain(path, path, reading.Reason);
    }

    private Failure Explain(string target, string path, ReadFailure reason) => reason switch
    {
        ReadFailure.Missing when Machine.Files.IsDenied(path) => DiscoveryMessages.Denied(target, path),
        ReadFailure.Missing => DiscoveryMessages.NoPath(target, path, Root),
        ReadFailure.Script => DiscoveryMessages.Script(path, Root),
        ReadFailure.NotExecutable => DiscoveryMessages.NotExecutable(
            path, Root, Machine.UserId != 0 && Machine.Files.Stat(path).Owner != Machine.UserId),
        _ when Machine.Files.IsDirectory(path) && Machine.Files.TryList(path) is null => DiscoveryMessages.Unreadable(path, Root),
        _ when Machine.Files.IsDirectory(path) => DiscoveryMessages.NoPythonIn(path, Root, HasProject(path)),
        _ => DiscoveryMessages.NotPython(path, Root),
    };

    private bool HasProject(string folder) =>
        ((string[])["pyproject.toml", "setup.py"]).Any(name => Machine.Files.IsFile(Path.Combine(folder, name)));

    private Outcome<Matches>? ByName(string text)
    {
        PythonEnvironment[] found = Named(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        if (found.Length == 0)
        {
            return null;
        }
        return new Matches(found, (executable, others) => DiscoveryMessages.UsingName(executable, text, others));
    }

    /// <summary>The environments whose names match a pattern, in the documented order.</summary>
    /// <param name="isMatch">Whether a name matches.</param>
    public PythonEnvironment[] Named(Func<string, bool> isMatch) => [.. catalog.All.Where(one => isMatch(one.Name)).Order(Order)];

    private Outcome<Matches>? ByVersion(string text, bool basesFirst)
    {
        if (!PythonRequest.TryParse(text, out PythonRequest? request))
        {
            return null;
        }
        return ByVersion(request, basesFirst) is Matches matches ? matches : NoVersion(text);
    }

    private Matches? ByVersion(PythonRequest request, bool basesFirst)
    {
        PythonEnvironment[] fitting = basesFirst ? Fitting(catalog.All.Where(one => !one.IsVirtual), request) : [];
        fitting = fitting.Length > 0 ? fitting : Fitting(catalog.All, request);
        return fitting.Length == 0
            ? null
            : new([.. fitting.Order(Order)],
                (executable, others) => DiscoveryMessages.UsingVersion(executable, request.ToString(), others));
    }

    /// <summary>No Python matches a version.</summary>
    /// <param name="text">The version or specifier.</param>
    public Failure NoVersion(string text) => DiscoveryMessages.NoVersion(text, Versions(), Root);

    // The versions that were found, the best first.
    private string[] Versions() =>
        [.. catalog.All.Order(Order).Select(one => one.Version).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Those that match a request; pre-releases only if it names one or no final release matches (PEP 440,
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

    private static Outcome<PythonEnvironment> First(Outcome<Matches> outcome) =>
        outcome.TryGet(out Matches? matches, out Failure? failure)
            ? Outcome.Success(matches.Found[0],
                [matches.Reason(matches.Found[0].Executable, [.. matches.Found.Skip(1).Select(one => one.Executable)])])
            : failure;

    /// <summary>The documented order of several that match.</summary>
    public IComparer<PythonEnvironment> Order => new EnvironmentOrder(
        NearestEnvironment.Find(Machine) is NearestEnvironment nearest && nearest.ForeignPart(Machine) is null
            ? Machine.Files.RealPath(nearest.Folder)
            : null);

    // At least one environment, and why the first is used and not the others.
    private sealed record Matches(IReadOnlyList<PythonEnvironment> Found, Func<string, IReadOnlyList<string>, string> Reason);
}
