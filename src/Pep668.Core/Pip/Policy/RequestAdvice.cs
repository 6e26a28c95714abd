using Pep668.Advice;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Pip.Policy;

/// <summary>The alternatives to a request that would change the distribution's packages.</summary>
internal static class RequestAdvice
{
    /// <summary>Creates the advice. It first removes the settings that would send the alternative to the same
    /// place.</summary>
    /// <param name="machine">Where it happens.</param>
    /// <param name="rules">What was requested, as the tool reads it.</param>
    internal static InstallAdvice Create(Machine machine, ToolRules rules)
    {
        RemedyStep?[] before =
            [.. rules.Blocking.Select(one => SettingRemoval.Step(machine, one.Source, one.Path, one.Name, rules.Environment))];
        return new(machine, new(rules.Request.WithoutDestination().ToStep())
        {
            Packages = [.. rules.Request.Packages.Select(one => one.Redacted)],
            Names = [.. rules.Request.Packages.Select(one => one.NormalizedName)],
            Before = [.. before.OfType<RemedyStep>().Distinct()],
        });
    }
}
