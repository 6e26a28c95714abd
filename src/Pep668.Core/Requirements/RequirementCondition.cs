using System.Diagnostics.CodeAnalysis;
using Pep668.Text;

namespace Pep668.Requirements;

/// <summary>A condition on the environment, as it stands after the <c>;</c> of a requirement (PEP 508, "Environment
/// Markers").</summary>
/// <remarks>
/// What is accepted and what holds is what <c>packaging</c> 24.1 says, which is in pip 24.1 to 24.3. Two things are
/// refused beyond it: control characters, and parentheses more than a hundred deep. In releases before 22 what is no
/// version is not greater and not less than one, instead of an error; 25 knows two more variables, for lock files; 26
/// compares only the variables with a version in them as versions.
/// </remarks>
internal sealed class RequirementCondition
{
    private readonly ConditionGroup _group;

    internal RequirementCondition(ConditionGroup group, string text)
    {
        _group = group;
        Text = text;
    }

    /// <summary>The text that was read, without white space around it.</summary>
    public string Text { get; }

    /// <summary>Reads a marker alone, without the <c>;</c>.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out RequirementCondition? marker, [NotNullWhen(false)] out RequirementProblem? problem)
    {
        text ??= "";
        problem = RequirementText.Check(text, out int start, out int end);
        marker = problem is null ? Read(text, start, end, out problem) : null;
        return marker is not null;
    }

    /// <summary>Whether it holds in an environment.</summary>
    /// <param name="variables">The environment, and the extra that is asked for.</param>
    /// <param name="holds">The answer; false if there is no answer.</param>
    /// <param name="problem"> Null, or why there is no answer, in words: a comparison means nothing (<c>os_name ~=
    /// 'posix'</c>), or what should be a version is none (<c>platform_release &gt;= '5'</c> on most kernels).
    /// <c>packaging</c> fails there, and pip with it. </param>
    public bool TryEvaluate(ConditionVariables variables, out bool holds, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(variables);
        string reason = "";
        TruthValue answer = ConditionEvaluation.Evaluate(_group, variables, ref reason);
        holds = answer == TruthValue.True;
        problem = answer == TruthValue.Invalid ? reason : null;
        return answer != TruthValue.Invalid;
    }

    /// <summary>The marker in one spelling: variables by their names in PEP 508, strings in double quotes, one blank
    /// between words.</summary>
    public override string ToString() => _group.ToString();

    /// <summary>The marker that a part of a text is, up to its end.</summary>
    internal static RequirementCondition? Read(string text, int start, int end, out RequirementProblem? problem)
    {
        var scanner = new RequirementScanner(text, start, end);
        ConditionGroup? group = ConditionParser.Read(scanner);
        if (group is not null && !scanner.IsAtEnd)
        {
            scanner.Fail("Missing 'and' or 'or'.");
        }
        problem = scanner.Problem;
        return problem is null ? new(group!, text[start..end].Trim(' ', '\t')) : null;
    }
}
