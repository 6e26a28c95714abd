using System.Globalization;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>The packages as <c>rpm -qa</c> writes them, on a running system whose database cannot be read.</summary>
internal static class RpmQuery
{
    /// <summary>Where every distribution has it. PATH is not searched: the database may be read for root.</summary>
    internal const string Program = "/usr/bin/rpm";

    // A line for each package, for each name that it provides and requires, and for each file, whose path is last.
    private const string Format =
        @"N\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\t%{ARCH}\t%{FILEDIGESTALGO}\t%{NAME}\n"
        + @"[P\t%{PROVIDEFLAGS}\t%{PROVIDEVERSION}\t%{PROVIDENAME}\n][R\t%{REQUIREFLAGS}\t%{REQUIREVERSION}\t%{REQUIRENAME}\n]"
        + @"[F\t%{FILEMODES}\t%{FILEFLAGS}\t%{FILESTATES}\t%{FILEDIGESTS}\t%{FILENAMES}\n]";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin", ["LC_ALL"] = "C",
    };

    /// <summary>Runs it.</summary>
    /// <param name="problem">Why the packages are missing, as a clause; null if they are not.</param>
    /// <param name="options">Options before <c>-qa</c>.</param>
    internal static IReadOnlyList<RpmRecord> Read(out string? problem, params IReadOnlyList<string> options)
    {
        var records = new List<Record>();
        string? lastError = null;
        using var deadline = new CancellationTokenSource(Limit);
        try
        {
            (int? code, problem) = StreamingProcess.Run(
                Program, [.. options, "-qa", "--queryformat", Format], "/", Variables, _ => { }, Take, deadline.Token);
            problem = problem is not null ? $"'{Program}' cannot be run: {problem}"
                : code == 0 ? null
                : FormattableString.Invariant($"'{Program} -qa' failed with exit code {code}: {lastError}");
        }
        catch (OperationCanceledException)
        {
            problem = FormattableString.Invariant($"'{Program} -qa' did not finish within {Limit.TotalSeconds} seconds");
        }
        return problem is null ? records : [];

        void Take(string line, bool isError)
        {
            if (isError)
            {
                lastError = line.Trim();
            }
            else
            {
                Add(records, line);
            }
        }
    }

    // "(none)" is a missing value, so also the one line of a list that a package does not have.
    private static void Add(List<Record> records, string line)
    {
        string[] parts = line.Split('\t', line.StartsWith('F') ? 6 : 5);
        switch (parts)
        {
            case ["N", string version, string architecture, string algorithm, string name]:
                records.Add(new(name, version, Given(architecture), Given(algorithm) is null ? null : Number(algorithm)));
                break;
            case ["P", string flags, string version, string name] when records.Count > 0 && Given(flags) is not null:
                records[^1].AllProvides.Add(new(name, Number(flags), version));
                break;
            case ["R", string flags, string version, string name] when records.Count > 0 && Given(flags) is not null:
                records[^1].AllRequires.Add(new(name, Number(flags), version));
                break;
            case ["F", string mode, string flags, string state, string digest, ['/', ..] path] when records.Count > 0:
                records[^1].AllFiles.Add(new(path, Number(mode), Number(flags), Number(state), digest));
                break;
        }
    }

    private static string? Given(string text) => text is "(none)" ? null : text;

    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private sealed class Record(string name, string version, string? architecture, int? algorithm) : RpmRecord
    {
        internal List<RpmRelation> AllProvides { get; } = [];

        internal List<RpmRelation> AllRequires { get; } = [];

        internal List<RpmFile> AllFiles { get; } = [];

        internal override string Name => name;

        internal override string Version => version;

        internal override string? Architecture => architecture;

        internal override DigestAlgorithm? Algorithm => AlgorithmOf(algorithm);

        internal override IReadOnlyList<RpmRelation> Provides => AllProvides;

        internal override IReadOnlyList<RpmRelation> Requires => AllRequires;

        internal override IReadOnlyList<RpmFile> Files(WantedPaths? wanted) =>
            wanted is null ? AllFiles : [.. AllFiles.Where(file => wanted.Includes(file.Path))];
    }
}
