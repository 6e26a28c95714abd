using System.Collections.Immutable;

namespace Pep668.Requirements;

/// <summary>Reads a marker by the grammar of PEP 508, "Environment Markers", as <c>packaging/_parser.py</c>
/// does.</summary>
internal static class ConditionParser
{
    /// <summary>Parentheses may stand so deep in each other; Python gives up at some two hundred.</summary>
    private const int MaximumDepth = 100;

    // Of two operators with one beginning, the longer one stands first.
    private static readonly string[] Operators = ["===", "==", "~=", "!=", "<=", ">=", "<", ">"];

    // PEP 345's names, with a dot, and setuptools' python_implementation are still in use.
    private static readonly (string Text, string Name)[] Variables =
    [
        ("python_version", "python_version"),
        ("python_full_version", "python_full_version"),
        ("os_name", "os_name"),
        ("os.name", "os_name"),
        ("sys_platform", "sys_platform"),
        ("sys.platform", "sys_platform"),
        ("platform_release", "platform_release"),
        ("platform_system", "platform_system"),
        ("platform_version", "platform_version"),
        ("platform.version", "platform_version"),
        ("platform_machine", "platform_machine"),
        ("platform.machine", "platform_machine"),
        ("platform_python_implementation", "platform_python_implementation"),
        ("platform.python_implementation", "platform_python_implementation"),
        ("python_implementation", "platform_python_implementation"),
        ("implementation_name", "implementation_name"),
        ("implementation_version", "implementation_version"),
        ("extra", "extra"),
    ];

    /// <summary>The marker at the scanner's place, with the white space after it; null when the scanner has a
    /// problem.</summary>
    internal static ConditionGroup? Read(RequirementScanner scanner) => ReadGroup(scanner, 0);

    private static ConditionGroup? ReadGroup(RequirementScanner scanner, int depth)
    {
        ImmutableArray<ConditionNode>.Builder items = ImmutableArray.CreateBuilder<ConditionNode>(1);
        ImmutableArray<bool>.Builder isOr = ImmutableArray.CreateBuilder<bool>(0);
        while (true)
        {
            if (ReadItem(scanner, depth) is not ConditionNode item)
            {
                return null;
            }
            items.Add(item);
            bool or = scanner.Take("or", isWord: true);
            if (!or && !scanner.Take("and", isWord: true))
            {
                return new(items.ToImmutable(), isOr.ToImmutable());
            }
            isOr.Add(or);
        }
    }

    private static ConditionNode? ReadItem(RequirementScanner scanner, int depth)
    {
        scanner.TakeSpace();
        int open = scanner.Position;
        if (!scanner.Take('('))
        {
            return ReadComparison(scanner);
        }
        if (depth == MaximumDepth)
        {
            scanner.Fail("Too many nested parentheses.", open);
            return null;
        }
        ConditionGroup? inside = ReadGroup(scanner, depth + 1);
        if (inside is null)
        {
            return null;
        }
        if (!scanner.Take(')'))
        {
            if (scanner.IsAtEnd)
            {
                scanner.Fail("Missing ')' for this parenthesis.", open);
            }
            else
            {
                scanner.Fail("Missing 'and', 'or' or ')'.");
            }
            return null;
        }
        scanner.TakeSpace();
        return inside;
    }

    private static ConditionComparison? ReadComparison(RequirementScanner scanner)
    {
        if (ReadOperand(scanner) is not ConditionOperand left)
        {
            return null;
        }
        scanner.TakeSpace();
        if (ReadOperator(scanner) is not string sign)
        {
            return null;
        }
        scanner.TakeSpace();
        if (ReadOperand(scanner) is not ConditionOperand right)
        {
            return null;
        }
        scanner.TakeSpace();
        return new(left, sign, right);
    }

    private static string? ReadOperator(RequirementScanner scanner)
    {
        if (scanner.Take("in", isWord: true))
        {
            return "in";
        }
        if (scanner.Take("not", isWord: true))
        {
            if (scanner.TakeSpace() && scanner.Take("in", isWord: true))
            {
                return "not in";
            }
            scanner.Fail("Missing 'in' after 'not'.");
            return null;
        }
        foreach (string sign in Operators)
        {
            if (scanner.Take(sign))
            {
                return sign;
            }
        }
        scanner.Fail(scanner.Next == '='
            ? "Invalid operator '='; equality is '=='."
            : "Missing comparison: == != <= >= < > ~= === in, not in.");
        return null;
    }

    private static ConditionOperand? ReadOperand(RequirementScanner scanner)
    {
        foreach ((string text, string name) in Variables)
        {
            if (scanner.Take(text, isWord: true))
            {
                return new(IsVariable: true, name);
            }
        }
        return scanner.Next is '\'' or '"' ? ReadString(scanner) : NoOperand(scanner);
    }

    private static ConditionOperand? NoOperand(RequirementScanner scanner)
    {
        int start = scanner.Position;
        ReadOnlySpan<char> word = scanner.TakeUntil("()<>=!~;,'\"");
        scanner.Fail(
            word.IsEmpty ? "Missing variable, such as python_version, or quoted string."
            : char.IsAsciiDigit(word[0]) ? "Values must be quoted."
            : "Unknown variable; values must be quoted.",
            start);
        return null;
    }

    private static ConditionOperand? ReadString(RequirementScanner scanner)
    {
        int start = scanner.Position;
        int length = scanner.Rest[1..].IndexOf(scanner.Next);
        if (length < 0)
        {
            scanner.Fail("Missing closing quote.", start);
            return null;
        }
        string? value = ConditionString.Read(scanner.Rest.Slice(1, length), out int place, out string problem);
        if (value is null)
        {
            scanner.Fail(problem, start + 1 + place);
            return null;
        }
        scanner.Position = start + length + 2;
        return new(IsVariable: false, value);
    }
}
