namespace Pep668.Pip.Linting;

/// <summary>Checks a makefile or a justfile: recipes are commands, other lines may set variables (GNU Make manual, 5.1
/// and 6.5).</summary>
internal static class MakefileCheck
{
    private static readonly string[] Modifiers = ["export", "override", "unexport", "private"];

    /// <summary>Checks all lines.</summary>
    internal static void Run(LintFile file, LintText text)
    {
        string? variable = null;
        for (int at = 0; at < text.Length;)
        {
            LintText line = ReadLine(text, ref at);
            int start = 0;
            while (start < line.Length && line[start] is ' ' or '\t')
            {
                start++;
            }
            if (start == line.Length || line[start] is '#')
            {
                continue;
            }
            if (variable is not null)
            {
                CheckDefined(file, line, start, ref variable);
            }
            else if (Defined(line) is string name)
            {
                variable = name;
            }
            else if (line[0] is '\t' || (start > 0 && Assignment(line, start) is null))
            {
                CheckRecipe(file, line, start);
            }
            else if (Assignment(line, start) is LintAssignment one)
            {
                CommandCheck.Assign(file, one.Whole, one.Name, one.Value);
            }
            else if (line.Text.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon
                && line.Text.IndexOf(';', colon) is > 0 and int command)
            {
                // target: ; command
                CommandCheck.Shell(file, Recipe(line, command + 1), LintTrust.Script);
            }
        }
    }

    private static void CheckRecipe(LintFile file, LintText line, int start)
    {
        while (start < line.Length && line[start] is '@' or '-' or '+' or ' ')
        {
            start++;
        }
        CommandCheck.Shell(file, Recipe(line, start), LintTrust.Script);
    }

    // The name of a variable with several lines: define NAME, override define NAME = (GNU Make manual, 6.8).
    private static string? Defined(LintText line)
    {
        string[] words = [.. line.Words().Select(word => word.Text).SkipWhile(Modifiers.Contains).Take(2)];
        return words is ["define", string name] ? name : null;
    }

    // A line up to endef: commands, except in a text.
    private static void CheckDefined(LintFile file, LintText line, int start, ref string? variable)
    {
        if (line.Words().First().Text is "endef")
        {
            variable = null;
        }
        else if (!LintProse.IsName(variable!))
        {
            CheckRecipe(file, line, start);
        }
    }

    private sealed record LintAssignment(LintText Whole, LintText Name, LintText Value);

    private static LintAssignment? Assignment(LintText line, int start)
    {
        int sign = line.Text.IndexOf('=', start);
        if (sign < 0)
        {
            return null;
        }
        int nameEnd = sign;
        while (nameEnd > start && line[nameEnd - 1] is ':' or '?' or '+' or '!' or ' ' or '\t')
        {
            nameEnd--;
        }
        // The name is the last word: before it are a target or modifiers.
        int nameStart = nameEnd;
        while (nameStart > start && (char.IsAsciiLetterOrDigit(line[nameStart - 1]) || line[nameStart - 1] is '_' or '-'))
        {
            nameStart--;
        }
        string before = line.Text[start..nameStart].Trim();
        bool isAllowed = before.Length == 0 || before.EndsWith(':') || Modifiers.Any(one => before.EndsWith(one, StringComparison.Ordinal));
        if (nameStart == nameEnd || !isAllowed)
        {
            return null;
        }
        int value = sign + 1, end = line.Length;
        while (value < end && line[value] is ' ' or '\t')
        {
            value++;
        }
        int comment = line.Text.IndexOf(" #", value, StringComparison.Ordinal);
        end = comment < 0 ? end : comment;
        return new(line.Slice(nameStart, end), line.Slice(nameStart, nameEnd), line.Slice(value, Math.Max(value, end)));
    }

    // $$ is one for the shell.
    private static LintText Recipe(LintText line, int start)
    {
        var recipe = new LintTextBuilder();
        for (int at = start; at < line.Length; at++)
        {
            recipe.Append(line, at);
            at += line[at] is '$' && at + 1 < line.Length && line[at + 1] is '$' ? 1 : 0;
        }
        return recipe.Build(line.PlaceOf(Math.Max(0, line.Length - 1)));
    }

    private static LintText ReadLine(LintText text, ref int at)
    {
        var line = new LintTextBuilder();
        while (at < text.Length)
        {
            int end = text.Text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            int stop = at + text.Text.AsSpan(at, end - at).TrimEnd('\r').Length;
            bool continues = stop > at && text[stop - 1] is '\\';
            line.Append(text, at, continues ? stop - 1 : stop);
            at = Math.Min(end + 1, text.Length);
            if (!continues)
            {
                break;
            }
            line.Append(' ', text.PlaceOf(stop - 1));
        }
        return line.Build(text.PlaceOf(Math.Max(0, at - 1)));
    }
}
