namespace Pep668.Pip.Linting;

/// <summary>The arguments of an Ansible module in one line, <c>path=/etc/pip.conf option="name"</c>
/// (ansible/parsing/splitter.py, <c>parse_kv</c>).</summary>
internal static class AnsibleArguments
{
    private static readonly HashSet<string> Modules = new(StringComparer.Ordinal)
    {
        "blockinfile", "copy", "file", "ini_file", "lineinfile", "pip", "replace",
    };

    /// <summary>The mapping for a text that has this form; any other value as it is.</summary>
    /// <param name="module">The key of the value.</param>
    /// <param name="value">The value.</param>
    internal static LintNode? Expand(string module, LintNode? value) =>
        value is not LintScalar { Value: LintText line } ? value
        : module is "action" or "local_action" ? Action(line) ?? value
        : Modules.Contains(module) && Read(line) is { Count: > 0 } pairs ? new LintMap(pairs)
        : value;

    // The module before its arguments: "pip name=requests".
    private static LintMap? Action(LintText line)
    {
        int end = line.Text.IndexOf(' ', StringComparison.Ordinal), start = line.Text.LastIndexOf('.', Math.Max(end, 0)) + 1;
        return end > 0 && Modules.Contains(line.Text[start..end])
            ? new LintMap([new(line.Slice(start, end), new LintScalar(line.Slice(end + 1, line.Length)))]) : null;
    }

    private static List<LintPair>? Read(LintText line)
    {
        var pairs = new List<LintPair>();
        for (int at = 0; ;)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]))
            {
                at++;
            }
            if (at == line.Length)
            {
                return pairs;
            }
            int start = at;
            while (at < line.Length && (char.IsAsciiLetterOrDigit(line[at]) || line[at] is '_'))
            {
                at++;
            }
            if (at == start || at == line.Length || line[at] is not '=')
            {
                return null;
            }
            LintText name = line.Slice(start, at++);
            pairs.Add(new(name, new LintScalar(ReadValue(line, ref at))));
        }
    }

    // Up to a blank that is not in quotes or in {{ … }}; in double quotes a backslash is an escape.
    private static LintText ReadValue(LintText line, ref int at)
    {
        var value = new LintTextBuilder();
        char quote = '\0';
        int braces = 0;
        for (; at < line.Length; at++)
        {
            char letter = line[at];
            if (letter is '\\' && quote is '"' && at + 1 < line.Length)
            {
                int place = line.PlaceOf(at++);
                value.Append(line[at] switch { 'n' => '\n', 't' => '\t', char other => other }, place);
            }
            else if (letter == quote)
            {
                quote = '\0';
            }
            else if (letter is '"' or '\'' && quote is '\0' && braces == 0)
            {
                quote = letter;
            }
            else if (char.IsWhiteSpace(letter) && quote is '\0' && braces == 0)
            {
                break;
            }
            else
            {
                braces = Math.Max(0, braces + (letter is '{' ? 1 : letter is '}' ? -1 : 0));
                value.Append(line, at);
            }
        }
        return value.Build(line.PlaceOf(Math.Max(0, at - 1)));
    }
}
