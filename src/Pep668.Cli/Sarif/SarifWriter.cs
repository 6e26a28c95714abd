using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pep668.Pip.Linting;

namespace Pep668.Cli.Sarif;

/// <summary>Findings as SARIF 2.1.0. Paths are relative to the working folder, which in a workflow is the
/// checkout.</summary>
internal static class SarifWriter
{
    /// <summary>SARIF as JSON, without needless escapes.</summary>
    internal static SarifJson Json { get; } = new(new JsonSerializerOptions(SarifJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private const string BaseId = "%SRCROOT%";

    // Its own name: GitHub computes primaryLocationLineHash itself, and compares one that it is given with its own.
    private const string Fingerprint = "overrideText/v1";

    /// <summary>The log.</summary>
    /// <param name="uses">The findings.</param>
    /// <param name="folder">The working folder.</param>
    internal static SarifLog Create(IReadOnlyList<PipOverrideUse> uses, string folder)
    {
        var seen = new Dictionary<(string Path, string Rule, string Text), int>();
        var results = new List<SarifResult>();
        foreach (PipOverrideUse use in uses)
        {
            var key = (use.Path, use.Rule, use.Text);
            results.Add(Result(use, folder, seen[key] = seen.GetValueOrDefault(key) + 1));
        }
        var driver = new SarifDriver("pep668", Version, [.. LintRule.All.Select(Rule)]);
        return new("https://json.schemastore.org/sarif-2.1.0.json", "2.1.0",
        [
            new(new(driver), "utf16CodeUnits",
                new Dictionary<string, SarifArtifactLocation>(StringComparer.Ordinal)
                {
                    [BaseId] = new(Absolute(folder).TrimEnd('/') + "/", null),
                },
                results),
        ]);
    }

    private static string Version => typeof(SarifWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
        ?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    private static SarifRule Rule(LintRule rule) => new(
        rule.Id, new(rule.Summary), new(rule.Reason), new(rule.Reason, rule.Reason), new("warning"),
        new(["packaging", "pep-668", "python"], "high"));

    private static SarifResult Result(PipOverrideUse use, string folder, int number)
    {
        string relative = LintBaseline.Relative(folder, use.Path);
        bool isBelow = !relative.StartsWith("../", StringComparison.Ordinal) && relative is not ".." && !Path.IsPathRooted(relative);
        string advice = use.Remedies.Count == 0 ? "" : $" What to do instead: {use.Remedies[0].Reason}.";
        return new(
            use.Rule, Index(use.Rule), "warning", new($"{use.Text}: {use.Reason}{advice}"),
            [
                new(new(
                    isBelow ? new(Escaped(relative), BaseId) : new(Absolute(use.Path), null),
                    new(use.Line, use.Column, use.EndColumn > use.Column ? use.EndColumn : null, new(use.Text)))),
            ],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [Fingerprint] = FormattableString.Invariant($"{Hash(use.Rule + "\n" + use.Text)}:{number}"),
            });
    }

    private static int Index(string rule)
    {
        for (int at = 0; at < LintRule.All.Count; at++)
        {
            if (string.Equals(LintRule.All[at].Id, rule, StringComparison.Ordinal))
            {
                return at;
            }
        }
        return -1;
    }

    private static string Absolute(string path) =>
        "file://" + (path.StartsWith('/') ? "" : "/") + Escaped(path.Replace('\\', '/'));

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
