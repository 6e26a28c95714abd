using System.Globalization;

namespace Pep668.Benchmarks.Processes;

/// <summary>Who finds overrides in a repository of 10,000 files. Nobody else parses them: the others search for a
/// text.</summary>
internal static class LintContestants
{
    private const string Group = "Overrides in a repository of 10,000 files";
    private const int Files = 10_000, EveryWithFinding = 100, FolderSize = 50;

    private static readonly (string Suffix, string Line)[] Kinds =
    [
        (".py", "    value = compute(first, second, mode='--build')  # a line of usual length\n"),
        (".yml", "  - name: a step with a usual name\n    run: make --build-dir out all\n"),
        (".sh", "echo \"a line of usual length\" && cp -r first second\n"),
        (".c", "    int value = compute(first, second); /* a line of usual length */\n"),
        (".md", "A line of usual length in a document about `pip install`.\n"),
        (".json", "  \"name\": \"a value of usual length\",\n"),
    ];

    internal static IEnumerable<Contestant> All(string folder, string companion)
    {
        string repository = Path.Combine(folder, "repository");
        for (int number = 0; number < Files; number++)
        {
            (string suffix, string line) = Kinds[number % Kinds.Length];
            string path = Path.Combine(repository, $"part{(number / FolderSize).ToString(CultureInfo.InvariantCulture)}",
                $"file{number.ToString(CultureInfo.InvariantCulture)}{suffix}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, string.Concat(Enumerable.Repeat(line, 20 + (number % 200)))
                + (number % EveryWithFinding == 2 ? "pip install --break-system-packages requests\n" : ""));
        }
        yield return new(Group, "pep668 lint",
            "/bin/sh", "-c", "\"$0\" lint \"$1\" --json > /dev/null; test $? -le 1", companion, repository);
        yield return new(Group, "grep -rn (finds text, also in comments)", "/bin/sh", "-c",
            "grep -rnE 'break.system.packages|BREAK_SYSTEM_PACKAGES|EXTERNALLY-MANAGED' \"$0\" > /dev/null", repository);
        yield return new(Group, "pep668 --version (start and nothing else)", companion, "--version");
    }
}
