namespace Pep668.Tests.Pip.Linting;

/// <summary>A text in which the expected findings are marked: <c>⟦rule|place⟧</c>.</summary>
internal sealed record MarkedText(string Text, IReadOnlyList<string> Findings)
{
    internal static MarkedText Parse(string marked)
    {
        var text = new System.Text.StringBuilder();
        var findings = new List<string>();
        int line = 1, column = 1;
        for (int at = 0; at < marked.Length; at++)
        {
            switch (marked[at])
            {
                case '⟦':
                    int sign = marked.IndexOf('|', at);
                    findings.Add($"{line}:{column} {marked[(at + 1)..sign]}");
                    at = sign;
                    break;
                case '⟧':
                    break;
                default:
                    text.Append(marked[at]);
                    (line, column) = marked[at] == '\n' ? (line + 1, 1) : (line, column + 1);
                    break;
            }
        }
        return new(text.ToString(), findings);
    }
}
