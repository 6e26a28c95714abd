using Pep668.Text;
using Pep668.Versions;

namespace Pep668.Requirements;

/// <summary>Compares as <c>packaging/markers.py</c> does (<c>_evaluate_markers</c>, <c>_eval_op</c>).</summary>
internal static class ConditionEvaluation
{
    /// <summary>Whether a marker holds; null, with a problem in words, when one of its comparisons means
    /// nothing.</summary>
    /// <remarks>Every comparison is made, also where another one has decided: so does <c>packaging</c>.</remarks>
    internal static bool? Evaluate(ConditionNode node, ConditionVariables variables, ref string problem) =>
        node is ConditionComparison comparison
            ? Compare(comparison, variables, ref problem)
            : EvaluateGroup((ConditionGroup)node, variables, ref problem);

    private static bool? EvaluateGroup(ConditionGroup group, ConditionVariables variables, ref string problem)
    {
        bool any = false;
        bool all = true;
        for (int i = 0; i < group.Items.Length; i++)
        {
            if (Evaluate(group.Items[i], variables, ref problem) is not bool holds)
            {
                return null;
            }
            all &= holds;
            if (i == group.Items.Length - 1 || group.IsOr[i])
            {
                any |= all;
                all = true;
            }
        }
        return any;
    }

    private static bool? Compare(ConditionComparison comparison, ConditionVariables variables, ref string problem)
    {
        // Of two variables the right one stands for its own name, and of two strings the right one names a variable:
        // packaging's way.
        (ConditionOperand variable, string other) = comparison.Left.IsVariable
            ? (comparison.Left, comparison.Right.Value)
            : (comparison.Right, comparison.Left.Value);
        if (variables.Value(variable.Value) is not string value)
        {
            problem = $"'{comparison}' compares two strings and no variable.";
            return null;
        }
        (string left, string right) = comparison.Left.IsVariable ? (value, other) : (other, value);
        if (string.Equals(variable.Value, "extra", StringComparison.Ordinal))
        {
            // PEP 685.
            left = NormalizedName.Normalize(left);
            right = NormalizedName.Normalize(right);
        }
        return Compare(left, comparison.Operator, right, ref problem);
    }

    private static bool? Compare(string left, string sign, string right, ref string problem)
    {
        string clause = sign + right;
        if (VersionSpecifier.Read(PythonText.Strip(clause), out _) is VersionSpecifier specifier)
        {
            if (Pep440Version.TryParse(left, out Pep440Version? version))
            {
                return specifier.Allows(version);
            }
            problem = $"'{left}' is not a version and cannot be compared with '{clause}'.";
            return null;
        }
        switch (sign)
        {
            case "in":
                return right.Contains(left, StringComparison.Ordinal);
            case "not in":
                return !right.Contains(left, StringComparison.Ordinal);
            case "==":
                return string.Equals(left, right, StringComparison.Ordinal);
            case "!=":
                return !string.Equals(left, right, StringComparison.Ordinal);
            case "<":
                return string.CompareOrdinal(left, right) < 0;
            case "<=":
                return string.CompareOrdinal(left, right) <= 0;
            case ">":
                return string.CompareOrdinal(left, right) > 0;
            case ">=":
                return string.CompareOrdinal(left, right) >= 0;
            default:
                problem = $"'{sign}' compares versions, and '{right}' is none.";
                return null;
        }
    }
}
