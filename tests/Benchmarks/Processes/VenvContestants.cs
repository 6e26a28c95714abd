namespace Pep668.Benchmarks.Processes;

/// <summary>Who makes virtual environments: each run in a place of its own, since a file system is slow to use again
/// what was just deleted.</summary>
internal static class VenvContestants
{
    private const string Bare = "A virtual environment without pip", Whole = "A virtual environment with pip",
        First = "The first pip --version in it";
    private const string Python = "/usr/bin/python3";

    internal static IEnumerable<Contestant> All(string folder, string companion)
    {
        // PEP668_BENCHMARK_FOLDER: another file system than that of the temporary folder.
        string places = Path.Combine(Environment.GetEnvironmentVariable("PEP668_BENCHMARK_FOLDER") ?? folder,
            "places-" + Guid.NewGuid().ToString("N")[..6]);
        Directory.CreateDirectory(places);
        string cache = Path.Combine(places, "cache"), empty = Path.Combine(places, "empty");
        var own = new Dictionary<string, string>(StringComparer.Ordinal) { ["PEP668_CACHE_DIR"] = cache };
        yield return Maker(Bare, "pep668 venv --without-pip", null, own, companion, "venv", "--without-pip", "--python", Python,
            Contestant.Place);
        yield return Maker(Bare, "uv venv", null, null, "uv", "venv", "--quiet", "--offline", "--python", Python, Contestant.Place);
        yield return Maker(Bare, "python -m venv --without-pip", null, null, Python, "-m", "venv", "--without-pip", Contestant.Place);
        yield return Maker(Bare, "virtualenv --no-seed", null, null, "virtualenv", "--quiet", "--no-seed", "--python", Python,
            Contestant.Place);
        yield return Maker(Whole, "pep668 venv", "pep668 venv", own, companion, "venv", "--python", Python, Contestant.Place);
        yield return Maker(Whole, "pep668 venv, the first time (empty cache)", null,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PEP668_CACHE_DIR"] = empty },
            companion, "venv", "--python", Python, Contestant.Place) with
        {
            Before = () =>
            {
                if (Directory.Exists(empty))
                {
                    Directory.Delete(empty, recursive: true);
                }
            },
        };
        yield return Maker(Whole, "virtualenv, links to its app data", "virtualenv, links", null, "virtualenv", "--quiet",
            "--symlink-app-data", "--python", Python, Contestant.Place);
        yield return Maker(Whole, "virtualenv, copies", "virtualenv, copies", null, "virtualenv", "--quiet", "--python", Python,
            Contestant.Place);
        yield return Maker(Whole, "python -m venv", "python -m venv", null, Python, "-m", "venv", Contestant.Place);
        yield return Maker(Whole, "uv venv --seed", "uv venv --seed", null, "uv", "venv", "--quiet", "--offline", "--seed", "--find-links",
            "/usr/share/python-wheels", "--no-index", "--python", Python, Contestant.Place);

        Contestant Maker(string group, string name, string? first, IReadOnlyDictionary<string, string>? variables,
            params string[] command) => new(group, name, command)
        {
            Places = places,
            Variables = variables ?? new Dictionary<string, string>(StringComparer.Ordinal),
            Next = first is null ? null : new(First, "after " + first, Contestant.Place + "/bin/pip", "--version"),
        };
    }
}
