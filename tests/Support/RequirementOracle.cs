using System.Text.Json;

namespace Pep668.Tests;

/// <summary>The results of PyPA's <c>packaging</c> for requirements and conditions, from the copy inside the pip of a
/// Python, in one process.</summary>
internal static class RequirementOracle
{
    /// <summary>Evaluates each marker in each environment.</summary>
    internal sealed record Question(string[] Requirements, string[] Markers, Dictionary<string, string>[] Environments, string[] Names);

    internal sealed record Parsed(string Name, string Normal, string[] Extras, string Specifiers, string? Url, string? Marker);

    /// <summary>
    /// Of requirements: their parts, or null for none. Of markers: their text, or null for none; and a sign for each
    /// environment, 1 or 0, or ! where the evaluation fails.
    /// </summary>
    internal sealed record Answer(Parsed?[] Requirements, string?[] Markers, string[] Holds, string[] Names);

    private const string Script = """
        import json, sys, warnings
        from pip._vendor.packaging.markers import Marker
        from pip._vendor.packaging.requirements import Requirement
        from pip._vendor.packaging._parser import Value, Variable, parse_marker, parse_requirement
        from pip._vendor.packaging.utils import canonicalize_name

        warnings.simplefilter("ignore")
        FAILURES = ValueError, KeyError, SyntaxError

        def escaped(c):
            if c in '"\\' or ord(c) < 32 or 127 <= ord(c) < 160:
                return "\\x%02x" % ord(c)
            if c in "\u2028\u2029" or 0xd800 <= ord(c) < 0xe000 or ord(c) > 0xffff:
                pairs = c.encode("utf-16-be", "surrogatepass")
                return "".join("\\u" + pairs[i:i + 2].hex() for i in range(0, len(pairs), 2))
            return c

        def written(node, outermost=True):
            if isinstance(node, list):
                if len(node) == 1:
                    return written(node[0])
                text = " ".join(written(each, False) for each in node)
                return text if outermost else "(" + text + ")"
            if isinstance(node, tuple):
                return " ".join(written(each) for each in node)
            if isinstance(node, Value):
                return '"' + "".join(map(escaped, node.value)) + '"'
            return str(node)

        def requirement(text):
            try:
                Requirement(text)
                p = parse_requirement(text)
                return {
                    "Name": p.name, "Normal": canonicalize_name(p.name), "Extras": sorted(set(p.extras)),
                    "Specifiers": ",".join(filter(None, "".join(p.specifier.split()).split(","))),
                    "Url": p.url or None, "Marker": None if p.marker is None else written(p.marker),
                }
            except FAILURES:
                return None

        def marker(text):
            try:
                Marker(text)
                return written(parse_marker(text))
            except FAILURES:
                return None

        def holds(text, environment):
            try:
                return "01"[Marker(text).evaluate(environment)]
            except FAILURES:
                return "!"

        question = json.load(sys.stdin)
        markers = [marker(text) for text in question["Markers"]]
        json.dump({
            "Requirements": [requirement(text) for text in question["Requirements"]],
            "Markers": markers,
            "Holds": ["" if m is None else "".join(holds(text, e) for e in question["Environments"])
                for text, m in zip(question["Markers"], markers)],
            "Names": [canonicalize_name(name) for name in question["Names"]],
        }, sys.stdout)
        """;

    internal static Answer Ask(Question question)
    {
        // packaging 24.1 is in pip 24.1 to 24.3. 25 knows more variables, and 26 compares only some of them as
        // versions.
        Interpreter python = Interpreters.Need(one => one.PackagingMajor == 24, "pip 24.1 to 24.3, with packaging 24.1");
        return JsonSerializer.Deserialize<Answer>(
            Tool.Run(python.Executable, ["-I", "-c", Script], input: JsonSerializer.Serialize(question)).Checked().Output)!;
    }
}
