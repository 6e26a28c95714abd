using Pep668.Text;
using Pep668.Versions;

namespace Pep668.Requirements;

/// <summary>Compares as <c>packaging/markers.py</c> does (<c>_evaluate_markers</c>, <c>_eval_op</c>).</summary>
internal static class ConditionEvaluation
{
    /// <summary>Whether a condition holds; <see cref="TruthValue.Invalid"/>, with a problem in words, when one of its
    /// comparisons means nothing.</summary>
    /// <remarks>Every comparison is made, also where another one has decided: so does <c>packaging</c>.</remarks>
    internal static TruthValue Evaluate(ConditionNode node, ConditionVariables variables, ref string problem) =>
        node is ConditionComparison comparison
            ? Compare(comparison, variables, ref problem)
            : EvaluateGroup((ConditionGroup)node, variables, ref problem);

    private static TruthValue EvaluateGroup(ConditionGroup group, ConditionVariables variables, ref string problem)
    {
        bool any = false;
        bool all = true;
        for (int i = 0; i < group.Items.Length; i++)
        {
            TruthValue one = Evaluate(group.Items[i], variables, ref problem);
            if (one == TruthValue.Invalid)
            {
                return one;
            }
            all &= one == TruthValue.True;
            if (i == group.Items.Length - 1 || group.IsOr[i])
            {
                any |= all;
                all = true;
            }
        }
        return AsTruth(any);
    }

    private static TruthValue Compare(ConditionComparison comparison, ConditionVariables variables, ref string problem)
    {
        // Of two variables the right one stands for its own name, and of two strings the right one names a variable:
        // packaging's way.
        (ConditionOperand variable, string other) = comparison.Left.IsVariable
            ? (comparison.Left, comparison.Right.Value)
            : (comparison.Right, comparison.Left.Value);
        if (variables.Value(variable.Value) is not string value)
        {
            problem = $"'{comparison}' compares two strings; one side must be a variable.";
            return TruthValue.Invalid;
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

    private static TruthValue Compare(string left, string sign, string right, ref string problem)
    {
        string clause = sign + right;
        if (VersionSpecifier.Read(PythonText.Strip(clause), out _) is VersionSpecifier specifier)
        {
            if (Pep440Version.TryParse(left, out Pep440Version? version))
            {
                return AsTruth(specifier.Allows(version));
            }
            problem = $"'{left}' is not a version and cannot be compared with '{clause}'.";
            return TruthValue.Invalid;
        }
        switch (sign)
        {
            case "in":
                return AsTruth(right.Contains(left, StringComparison.Ordinal));
            case "not in":
                return AsTruth(!right.Contains(left, StringComparison.Ordinal));
            case "==":
                return AsTruth(string.Equals(left, right, StringComparison.Ordinal));
            case "!=":
                return AsTruth(!string.Equals(left, right, StringComparison.Ordinal));
            case "<":
                return AsTruth(string.CompareOrdinal(left, right) < 0);
            case "<=":
                return AsTruth(string.CompareOrdinal(left, right) <= 0);
            case ">":
                return AsTruth(string.CompareOrdinal(left, right) > 0);
            case ">=":
                return AsTruth(string.CompareOrdinal(left, right) >= 0);
            default:
                problem = $"'{sign}' compares versions, and '{right}' is not a version.";
                return TruthValue.Invalid;
        }
    }

    private static TruthValue AsTruth(bool value) => value ? TruthValue.True : TruthValue.False;
}
