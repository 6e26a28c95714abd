using System.Text.Json;

namespace Pep668.Tests;

/// <summary>The results of PyPA's <c>packaging</c>, from the copy inside the pip of a Python, in one process.</summary>
internal static class PackagingOracle
{
    internal sealed record Case(string Specifiers, string[] Versions);

    internal sealed record Question(string[] Versions, string[] Specifiers, Case[] Cases);

    /// <summary>Of contains: a 0 or 1 for each version.</summary>
    internal sealed record Verdict(string ContainsNone, string ContainsTrue, string ContainsFalse);

    /// <summary>
    /// Of versions: the normal form, whether it is a pre-release and the place in the order (equal ones share one),
    /// nothing for text that is not a version. Of specifiers: whether they are valid.
    /// </summary>
    internal sealed record Answer(string?[] Normal, bool[] IsPrerelease, int[] Rank, bool[] ValidSpecifiers, Verdict[] Verdicts);

    private const string Script = """
        import json, sys
        from pip._vendor.packaging.specifiers import InvalidSpecifier, SpecifierSet
        from pip._vendor.packaging.version import Version

        def version(text):
            try:
                return Version(text)
            except ValueError:
                return None

        def valid(text):
            try:
                SpecifierSet(text)
                return True
            except InvalidSpecifier:
                return False

        def verdict(case):
            specifiers, versions = SpecifierSet(case["Specifiers"]), [Version(v) for v in case["Versions"]]
            # packaging 24.2 and later; earlier ones leave out < and >.
            named = True if any(s.operator in "<>" and Version(s.version).is_prerelease for s in specifiers) else None
            return {
                "Contains" + name: "".join("01"[specifiers.contains(v, prereleases=allowed)] for v in versions)
                for name, allowed in (("None", named), ("True", True), ("False", False))
            }

        question = json.load(sys.stdin)
        versions = [version(text) for text in question["Versions"]]
        ranks, last = {}, None
        for v in sorted(v for v in versions if v is not None):
            ranks.setdefault(v, len(ranks))
        json.dump({
            "Normal": [None if v is None else str(v) for v in versions],
            "IsPrerelease": [v is not None and v.is_prerelease for v in versions],
            "Rank": [-1 if v is None else ranks[v] for v in versions],
            "ValidSpecifiers": [valid(text) for text in question["Specifiers"]],
            "Verdicts": [verdict(case) for case in question["Cases"]],
        }, sys.stdout)
        """;

    internal static Answer Ask(Question question)
    {
        // packaging 22 is the first without LegacyVersion; 26 lets contains() take any pre-release.
        Interpreter python = Interpreters.Need(one => one.PackagingMajor is >= 22 and < 26, "pip 24.1 to 25.3, with packaging 22 to 25");
        return JsonSerializer.Deserialize<Answer>(
            Tool.Run(python.Executable, ["-I", "-c", Script], input: JsonSerializer.Serialize(question)).Checked().Output)!;
    }
}
