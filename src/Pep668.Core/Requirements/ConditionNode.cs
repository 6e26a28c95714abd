using System.Collections.Immutable;
using System.Text;

namespace Pep668.Requirements;

/// <summary>A part of a marker (PEP 508, "Environment Markers").</summary>
internal abstract record ConditionNode;

/// <summary>Parts between <c>and</c> and <c>or</c>, as many as there are signs and one more.</summary>
/// <param name="Items">The parts.</param>
/// <param name="IsOr">Whether the word after a part is <c>or</c>.</param>
internal sealed record ConditionGroup(ImmutableArray<ConditionNode> Items, ImmutableArray<bool> IsOr) : ConditionNode
{
    /// <summary>The marker in the layout of <c>str(Marker)</c>.</summary>
    public override string ToString() => Write(this, isOutermost: true);

    private static string Write(ConditionNode node, bool isOutermost)
    {
        if (node is not ConditionGroup group)
        {
            return node.ToString()!;
        }
        if (group.Items.Length == 1)
        {
            return Write(group.Items[0], isOutermost: true);
        }
        var text = new StringBuilder(isOutermost ? "" : "(");
        for (int i = 0; i < group.Items.Length; i++)
        {
            text.Append(i == 0 ? "" : group.IsOr[i - 1] ? " or " : " and ").Append(Write(group.Items[i], isOutermost: false));
        }
        return text.Append(isOutermost ? "" : ")").ToString();
    }
}

/// <summary>One comparison.</summary>
internal sealed record ConditionComparison(ConditionOperand Left, string Operator, ConditionOperand Right) : ConditionNode
{
    /// <inheritdoc/>
    public override string ToString() => $"{Left} {Operator} {Right}";
}

/// <summary>One side of a comparison.</summary>
/// <param name="IsVariable">Whether it is the name of a variable, else a string.</param>
/// <param name="Value">The name, in the spelling of PEP 508, or the string's value.</param>
internal sealed record ConditionOperand(bool IsVariable, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => IsVariable ? Value : ConditionString.Write(Value);
}
