using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>One place in a file that overrides PEP 668, or that removes a marker.</summary>
public sealed record PipOverrideUse
{
    internal PipOverrideUse(string path, int line, int column, string rule, string text)
    {
        Path = path;
        Line = line;
        Column = column;
        Rule = rule;
        Text = text;
    }

    /// <summary>The file.</summary>
    public string Path { get; internal init; }

    /// <summary>The line; the first is 1.</summary>
    public int Line { get; internal init; }

    /// <summary>The column, in UTF-16 code units; the first is 1.</summary>
    public int Column { get; internal init; }

    /// <summary>The identifier of the rule, such as <c>override-option</c>.</summary>
    public string Rule { get; internal init; }

    /// <summary>The command or the setting on one line; continued lines are joined, and blanks are single.</summary>
    public string Text { get; internal init; }

    /// <summary>What it does, and what that can break.</summary>
    public string Reason { get; internal init; } = "";

    /// <summary>What to write instead, the best first.</summary>
    public IReadOnlyList<Remedy> Remedies { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>The column after the part that is found; <see cref="Column"/> if it ends on another line.</summary>
    [JsonIgnore]
    internal int EndColumn { get; init; }

    /// <summary>The place, the rule and the text.</summary>
    public override string ToString() => FormattableString.Invariant($"{Path}:{Line}:{Column}: {Rule} {Text}");
}
