namespace Pep668.Pip.Linting;

/// <summary>Checks a cell of a notebook (nbformat 4, "Cell types"): lines with <c>!</c> or <c>%</c> are commands, and
/// <c>%%</c> names the language of the cell (IPython, "Built-in magic commands").</summary>
internal static class NotebookCheck
{
    /// <summary>Checks the source of a cell with code.</summary>
    /// <param name="file">The notebook.</param>
    /// <param name="source">Its lines, or one text.</param>
    internal static void Run(LintFile file, LintNode source)
    {
        var text = new LintTextBuilder();
        IEnumerable<LintNode> parts = source is LintList list ? list.Items : [source];
        foreach (LintScalar part in parts.OfType<LintScalar>())
        {
            text.Append(part.Value, 0, part.Value.Length);
        }
        LintText cell = text.Build(0);
        if (cell.Text.AsSpan().TrimStart().StartsWith("%%"))
        {
            CheckMagic(file, cell);
        }
        else
        {
            CheckLines(file, cell);
        }
    }

    private static void CheckMagic(LintFile file, LintText cell)
    {
        int end = EndOfLine(cell, 0);
        string[] words = cell.Text[..end].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        LintText rest = cell.Slice(Math.Min(end + 1, cell.Length), cell.Length);
        switch (words[0])
        {
            case "%%bash" or "%%sh" or "%%script" or "%%!" or "%%sx" or "%%system":
                CommandCheck.Shell(file, rest, LintTrust.Script);
                break;
            case "%%cmd":
                CommandCheck.Run(file, BatchReader.Read(rest), LintTrust.Script);
                break;
            case "%%writefile" or "%%file":
                string target = words[^1];
                LintChecks.RunPart(file, target[(target.LastIndexOfAny(['/', '\\']) + 1)..], rest);
                break;
            case "%%capture" or "%%time" or "%%timeit" or "%%prun" or "%%python" or "%%python3":
                CheckLines(file, rest);
                break;
        }
    }

    // The lines of Python remain at their places.
    private static void CheckLines(LintFile file, LintText cell)
    {
        var python = new LintTextBuilder();
        for (int at = 0; at < cell.Length;)
        {
            int end = EndOfLine(cell, at);
            if (CommandStart(cell, at, end) is > 0 and int start)
            {
                while (end < cell.Length && end > at && cell[end - 1] is '\\')
                {
                    end = EndOfLine(cell, end + 1);
                }
                CommandCheck.Shell(file, cell.Slice(start, end), LintTrust.Script);
            }
            else
            {
                python.Append(cell, at, Math.Min(end + 1, cell.Length));
            }
            at = end + 1;
        }
        PythonCheck.Run(file, python.Build(cell.PlaceOf(cell.Length)));
    }

    // !command, %magic, name = !command; 0 for Python.
    private static int CommandStart(LintText cell, int at, int end)
    {
        ReadOnlySpan<char> line = cell.Text.AsSpan(at, end - at);
        int start = line.Length - line.TrimStart().Length;
        int sign = line[start..].IndexOf("= !");
        start += sign > 0 && line.Slice(start, sign).IndexOfAny("('\"#") < 0 ? sign + 2 : 0;
        if (start >= line.Length || line[start] is not ('!' or '%'))
        {
            return 0;
        }
        return at + start + (line[(start + 1)..].StartsWith("!") ? 2 : 1);
    }

    private static int EndOfLine(LintText text, int at)
    {
        int end = at >= text.Length ? -1 : text.Text.IndexOf('\n', at);
        return end < 0 ? text.Length : end;
    }
}
