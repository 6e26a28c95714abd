using System.Collections.Immutable;
using Pep668.Text;
using Pep668.Versions;

namespace Pep668.Requirements;

/// <summary>Reads a requirement by the grammar of PEP 508, "Grammar", as <c>packaging/_parser.py</c> does.</summary>
internal static class RequirementParser
{
    private static readonly string[] Operators = ["===", "~=", "==", "!=", "<=", ">=", "<", ">"];

    /// <summary>The requirement that a part of a text is, up to its end.</summary>
    internal static Requirement? Read(string text, int start, int end, out RequirementProblem? problem)
    {
        var scanner = new RequirementScanner(text, start, end);
        Requirement? requirement = Read(scanner, start, end);
        problem = scanner.Problem;
        return problem is null ? requirement : null;
    }

    /// <summary>Extras in brackets alone, as pip takes them after a path.</summary>
    internal static ImmutableArray<string> ReadExtras(string text, int start, int end, out RequirementProblem? problem)
    {
        var scanner = new RequirementScanner(text, start, end);
        ImmutableArray<string> extras = ReadExtras(scanner);
        if (scanner.Problem is null && !scanner.IsAtEnd)
        {
            scanner.Fail("Unexpected text after the extras.");
        }
        problem = scanner.Problem;
        return extras;
    }

    private static Requirement? Read(RequirementScanner scanner, int start, int end)
    {
        scanner.TakeSpace();
        if (scanner.TakeName() is not string name)
        {
            scanner.Fail("Expected a name: ASCII letters, digits, '-', '_' and '.'.");
            return null;
        }
        scanner.TakeSpace();
        ImmutableArray<string> extras = ReadExtras(scanner);
        scanner.TakeSpace();
        string? url = scanner.Problem is null && scanner.Take('@') ? ReadUrl(scanner) : null;
        string specifierText = scanner.Problem is null && url is null ? ReadSpecifiers(scanner) : "";
        specifierText = string.Join(',', specifierText.Split(',', StringSplitOptions.RemoveEmptyEntries));
        RequirementCondition? marker = scanner.Problem is null ? ReadMarker(scanner, end, url is not null, specifierText) : null;
        return scanner.Problem is null && VersionSpecifierSet.TryParse(specifierText, out VersionSpecifierSet? specifiers, out _)
            ? new(scanner.Text[start..end], name, extras, specifiers, url, marker)
            : null;
    }

    private static ImmutableArray<string> ReadExtras(RequirementScanner scanner)
    {
        int open = scanner.Position;
        if (!scanner.Take('['))
        {
            return [];
        }
        ImmutableArray<string>.Builder extras = ImmutableArray.CreateBuilder<string>();
        scanner.TakeSpace();
        bool more = scanner.Next != ']';
        while (more && !scanner.IsAtEnd)
        {
            if (scanner.TakeName() is not string extra)
            {
                scanner.Fail("Missing name of an extra.");
                return [];
            }
            if (!extras.Contains(extra, StringComparer.Ordinal))
            {
                extras.Add(extra);
            }
            scanner.TakeSpace();
            more = scanner.Take(',');
            scanner.TakeSpace();
        }
        if (!scanner.Take(']'))
        {
            if (scanner.IsAtEnd)
            {
                scanner.Fail("Missing ']'.", open);
            }
            else
            {
                scanner.Fail("Missing ',' or ']'.");
            }
        }
        return extras.ToImmutable();
    }

    private static string? ReadUrl(RequirementScanner scanner)
    {
        scanner.TakeSpace();
        int start = scanner.Position;
        while (!scanner.IsAtEnd && scanner.Next is not (' ' or '\t'))
        {
            scanner.Position++;
        }
        if (scanner.Position > start)
        {
            return scanner.Text[start..scanner.Position];
        }
        scanner.Fail("Missing URL after '@'.");
        return null;
    }

    // The clauses with the commas between them; white space is left out.
    private static string ReadSpecifiers(RequirementScanner scanner)
    {
        int open = scanner.Position;
        bool isEnclosed = scanner.Take('(');
        scanner.TakeSpace();
        string all = "";
        while (ReadSpecifier(scanner) is { Length: > 0 } clause)
        {
            all += clause;
            scanner.TakeSpace();
            if (!scanner.Take(','))
            {
                break;
            }
            all += ",";
            scanner.TakeSpace();
        }
        scanner.TakeSpace();
        if (isEnclosed && scanner.Problem is null && !scanner.Take(')'))
        {
            if (scanner.IsAtEnd)
            {
                scanner.Fail("Missing ')' for this parenthesis.", open);
            }
            else
            {
                scanner.Fail(RequirementHints.Unexpected(scanner, hasSpecifier: all.Length > 0, "')'"));
            }
        }
        return all;
    }

    private static string ReadSpecifier(RequirementScanner scanner)
    {
        int start = scanner.Position;
        if (scanner.Rest.StartsWith("<>", StringComparison.Ordinal)
            || Operators.FirstOrDefault(sign => scanner.Take(sign)) is not string sign)
        {
            return "";
        }
        while (!scanner.IsAtEnd && PythonText.IsSpace(scanner.Next))
        {
            scanner.Position++;
        }
        int place = scanner.Position;
        bool isIdentical = string.Equals(sign, "===", StringComparison.Ordinal);
        ReadOnlySpan<char> version = scanner.TakeUntil(isIdentical ? ";)" : ",;)");
        string clause = scanner.Text[start..scanner.Position];
        // The text after === may have commas in it; packaging reads what follows them as clauses of their own.
        foreach (string part in isIdentical ? clause.Split(',') : [clause])
        {
            ReadOnlySpan<char> stripped = PythonText.Strip(part);
            if (!stripped.IsEmpty && VersionSpecifier.Read(stripped, out string problem) is null)
            {
                // A URL may have credentials in it, and is not quoted.
                scanner.Fail(clause.Contains("//", StringComparison.Ordinal)
                    ? "Unexpected URL; a URL follows '@'."
                    : Sentence(problem), place);
                return "";
            }
        }
        return string.Concat(sign, version);
    }

    private static RequirementCondition? ReadMarker(RequirementScanner scanner, int end, bool hasUrl, string specifiers)
    {
        bool isApart = scanner.TakeSpace();
        if (scanner.IsAtEnd)
        {
            return null;
        }
        if (hasUrl && !isApart)
        {
            scanner.Fail("Missing space after the URL.");
            return null;
        }
        if (!scanner.Take(';'))
        {
            scanner.Fail(hasUrl ? RequirementHints.AfterUrl(scanner) : RequirementHints.Unexpected(scanner, specifiers.Length > 0, "';'"));
            return null;
        }
        RequirementCondition? marker = RequirementCondition.Read(scanner.Text, scanner.Position, end, out RequirementProblem? problem);
        if (problem is not null)
        {
            scanner.Fail(problem.Message, problem.Position);
        }
        return marker;
    }

    private static string Sentence(string problem) => char.ToUpperInvariant(problem[0]) + problem[1..] + ".";
}
