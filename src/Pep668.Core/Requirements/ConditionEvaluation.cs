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
        return variables.IsPackaging26
            ? CompareAs26(variable.Value, value, (left, comparison.Operator, right), ref problem)
            : Compare(left, comparison.Operator, right, ref problem);
    }

    // packaging 26: versions are compared only where the variable is one, and of other texts none is less than another.
    private static TruthValue CompareAs26(
        string variable, string value, (string Left, string Sign, string Right) comparison, ref string problem)
    {
        (string left, string sign, string right) = comparison;
        bool isVersion = variable is "implementation_version" or "platform_release" or "python_full_version" or "python_version";
        if (value.Length == 0 && (isVersion || variable is "platform_version"))
        {
            problem = $"The value of '{variable}' is not known.";
            return TruthValue.Invalid;
        }
        if (isVersion && VersionSpecifier.Read(PythonText.Strip(sign + right), out _) is VersionSpecifier specifier)
        {
            return AsTruth(Pep440Version.TryParse(left, out Pep440Version? version) ? specifier.Allows(version)
                : specifier.Operator == SpecifierOperator.Identical
                    && string.Equals(left, specifier.Text, StringComparison.OrdinalIgnoreCase));
        }
        return sign switch
        {
            "<" or ">" => TruthValue.False,
            "<=" or ">=" => AsTruth(string.Equals(left, right, StringComparison.Ordinal)),
            _ => CompareTexts(left, sign, right, ref problem),
        };
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
        return CompareTexts(left, sign, right, ref problem);
    }

    private static TruthValue CompareTexts(string left, string sign, string right, ref string problem)
    {
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
