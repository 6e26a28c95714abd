using System.Collections.Concurrent;
using Pep668.Discovery.Locators;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Discovery;

/// <summary>
/// The environments of a machine, for one command: each of them once, and any one of them from any of its paths. It
/// reads files and runs nothing.
/// </summary>
/// <remarks>A catalog keeps what it has read: create a new one for each command, so that facts are those of the
/// moment.</remarks>
internal sealed class EnvironmentCatalog
{
    private readonly EnvironmentReader _reader;
    private readonly ShimReader _shims;
    private readonly Lazy<IReadOnlyList<(Locator Locator, string Path)>> _commonPaths;
    private readonly Lazy<Dictionary<string, List<string>>> _elsewhere;
    private readonly Lazy<DefaultPython> _default;
    private readonly Lazy<string?> _active;
    private readonly Lazy<IReadOnlyList<PythonEnvironment>> _all;
    private readonly ConcurrentDictionary<string, Notice> _problems = new(StringComparer.Ordinal);

    /// <summary>Creates the catalog of a machine.</summary>
    public EnvironmentCatalog(Machine machine)
    {
        Machine = machine;
        _reader = new EnvironmentReader(machine.Files);
        _shims = new ShimReader(machine, _reader);
        _commonPaths = new(() => [.. AllLocators.Common.SelectMany(locator => PathsOf(locator).Select(path => (locator, path)))]);
        _elsewhere = new(PathsElsewhere);
        _default = new(() => DefaultPython.Find(machine, _shims));
        _active = new(() => ActiveLocator.Folder(machine) is string folder ? machine.Files.RealPath(folder) ?? folder : null);
        _all = new(() => Find(null));
    }

    /// <summary>The machine.</summary>
    public Machine Machine { get; }

    /// <summary>What could not be searched or read until now: the trouble of one does not end the search.</summary>
    public IReadOnlyList<Notice> Problems =>
        [.. _problems.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value)];

    /// <summary>Every environment of the machine, in the order in which they were found.</summary>
    public IReadOnlyList<PythonEnvironment> All => _all.Value;

    /// <summary>The environments that some managers created; the folders of other managers are not searched.</summary>
    /// <param name="managers">The managers; null for all.</param>
    public IReadOnlyList<PythonEnvironment> Find(IReadOnlyCollection<PythonManager>? managers)
    {
        var order = new List<string>();
        var found = new Dictionary<string, PythonEnvironment>(StringComparer.Ordinal);
        foreach (Locator locator in AllLocators.All.Where(
            locator => managers is null || locator.Managers.Count == 0 || locator.Managers.Any(managers.Contains)))
        {
            IEnumerable<string> paths = AllLocators.Common.Contains(locator)
                ? _commonPaths.Value.Where(common => common.Locator == locator).Select(common => common.Path)
                : PathsOf(locator);
            foreach (string path in paths)
            {
                if (Read(path) is not PythonEnvironment environment)
                {
                    continue;
                }
                if (!found.TryGetValue(environment.Identity, out PythonEnvironment? known))
                {
                    order.Add(environment.Identity);
                    found[environment.Identity] = Complete(environment, locator.Name);
                }
                else if (!known.FoundBy.Contains(locator.Name, StringComparer.Ordinal))
                {
                    found[environment.Identity] = known with { FoundBy = [.. known.FoundBy, locator.Name] };
                }
            }
        }
        return [.. order.Select(identity => found[identity]).Where(one => managers is null || managers.Contains(one.Manager))];
    }

    /// <summary>The environments below folders, as they are found, each once, broken ones too.</summary>
    /// <param name="folders">The folders to search; absolute paths.</param>
    /// <param name="depth">How many levels below a folder to search; 0 is its direct content.</param>
    /// <param name="progress">Called from time to time with the progress of the scan.</param>
    /// <param name="unreadable">Called at the end for each folder that could not be read.</param>
    /// <param name="cancellation">Ends the scan at once.</param>
    /// <exception cref="OperationCanceledException">It was ended through <paramref name="cancellation"/>.</exception>
    public IEnumerable<PythonEnvironment> Below(
        IReadOnlyList<string> folders, int depth, Action<FolderScanProgress> progress, Action<string> unreadable,
        CancellationToken cancellation)
    {
        using var scan = new FolderScan(
            Machine.Files, depth,
            folder =>
            {
                PythonEnvironment? complete = null;
                Contain($"'{folder}'", () => complete = _reader.ReadFolder(folder).Environment is PythonEnvironment found
                    ? Complete(found, FoundBy.Recurse) : null);
                return complete;
            });
        var seen = new HashSet<PythonEnvironment>();
        foreach (PythonEnvironment environment in scan.Run(folders, () => progress(scan.Progress), cancellation))
        {
            if (seen.Add(environment))
            {
                yield return environment;
            }
        }
        foreach (string folder in scan.Unreadable)
        {
            unreadable(folder);
        }
    }

    /// <summary>What <c>python3</c> at the prompt starts, with shims followed; null if it was not found.</summary>
    internal PythonEnvironment? Default =>
        _default.Value.Environment is PythonEnvironment found ? Complete(found, FoundBy.SearchPath) : null;

    /// <summary>A script that is before it on PATH under the same name; null without one.</summary>
    internal string? ScriptBeforeDefault => _default.Value.Script;

    /// <summary>The folder of the active environment; null if no environment is active.</summary>
    internal string? ActiveFolder => _active.Value;

    /// <summary>The environment at a path, an interpreter, a shim or a folder, with its place in the whole
    /// machine.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="foundBy">The value of <see cref="PythonEnvironment.FoundBy"/>.</param>
    internal EnvironmentReading Identify(string path, string foundBy = FoundBy.Given)
    {
        EnvironmentReading reading = _shims.Read(path);
        return reading.Environment is PythonEnvironment found ? Complete(found, foundBy) : reading;
    }

    /// <summary>
    /// The same, but read alone: without its links in other folders (<see cref="PythonEnvironment.Aliases"/>) and
    /// without <see cref="PythonEnvironment.IsDefault"/>. That takes a fraction of a millisecond.
    /// </summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="foundBy">The value of <see cref="PythonEnvironment.FoundBy"/>.</param>
    internal EnvironmentReading ReadOne(string path, string foundBy = FoundBy.Given)
    {
        EnvironmentReading reading = _shims.Read(path);
        return reading.Environment is PythonEnvironment found ? Describe(found with { NamedPath = path }, foundBy) : reading;
    }

    /// <summary>The shim's target; the path itself if it is not a shim; null if the target was not found.</summary>
    internal string? FollowShims(string path) => _shims.Follow(path);

    private List<string> PathsOf(Locator locator)
    {
        var paths = new List<string>();
        Contain($"The environments of {locator.Name}", () =>
        {
            foreach (string path in locator.Find(Machine))
            {
                paths.Add(path);
            }
        });
        return paths;
    }

    private PythonEnvironment? Read(string path)
    {
        PythonEnvironment? found = null;
        Contain($"'{path}'", () => found = _reader.Read(path).Environment);
        return found;
    }

    // Known troubles are problems of an environment. This is for those that no reader expects.
    private void Contain(string part, Action search)
    {
        try
        {
            search();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _problems.TryAdd(part, DiscoveryMessages.SearchFailed(part, error.Message));
        }
    }

    // Adds what depends on the rest of the machine, which the reader does not read.
    private PythonEnvironment Complete(PythonEnvironment environment, string foundBy)
    {
        IEnumerable<string> aliases = _elsewhere.Value.TryGetValue(environment.Identity, out List<string>? paths)
            ? environment.Aliases.Concat(paths).Where(path => !string.Equals(path, environment.Executable, StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)
            : environment.Aliases;
        return Describe(environment, foundBy) with
        {
            IsDefault = _default.Value.Environment == environment,
            Aliases = [.. aliases.Order(StringComparer.Ordinal)],
        };
    }

    private PythonEnvironment Describe(PythonEnvironment environment, string foundBy)
    {
        (PythonManager manager, string name) = EnvironmentNames.Find(Machine, environment, Contain);
        bool runs = Machine.Runs(environment.Architecture);
        return environment with
        {
            Manager = manager,
            Name = name,
            IsActive = ActiveFolder is string active && (string.Equals(active, environment.Prefix, StringComparison.Ordinal)
                || (string.Equals(Path.GetFileName(active), Path.GetFileName(environment.Prefix), StringComparison.OrdinalIgnoreCase)
                    && Machine.Files.IsSame(active, environment.Prefix))),
            FoundBy = [foundBy],
            Health = runs ? environment.Health : EnvironmentHealth.Broken,
            Problem = runs || environment.Problem is not null ? environment.Problem
                : EnvironmentMessages.OtherArchitecture(environment.Architecture!, Machine.Architecture!),
        };
    }

    // Links to an environment from folders other than its own: those on PATH and the usual ones.
    private Dictionary<string, List<string>> PathsElsewhere()
    {
        var found = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (string path in _commonPaths.Value.Select(common => common.Path).Distinct(StringComparer.Ordinal))
        {
            if (Read(path) is PythonEnvironment environment)
            {
                if (!found.TryGetValue(environment.Identity, out List<string>? paths))
                {
                    found[environment.Identity] = paths = [];
                }
                paths.Add(path);
            }
        }
        return found;
    }
}
