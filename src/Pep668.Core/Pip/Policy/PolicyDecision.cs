using Pep668.Advice;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Pip.Policy;

/// <summary>From what the tool would do to what we do.</summary>
internal sealed class PolicyDecision(Machine machine, MarkerLanguage language, ToolRules rules)
{
    private readonly PythonEnvironment _environment = rules.Environment;

    /// <summary>Decides.</summary>
    internal PipVerdict Decide()
    {
        var verdict = new PipVerdict { Environment = _environment, Warnings = rules.Warnings };
        if (rules.RequiresVirtual is string required && !_environment.IsVirtual)
        {
            return NotVirtual(verdict, required);
        }
        if (rules.IsExempt)
        {
            return verdict;
        }
        if (new DestinationCheck(machine, rules).Find() is not ManagedDestination found)
        {
            return verdict;
        }
        if (rules.Override is PipOverride ambient)
        {
            string place = ambient.Path is null ? $"the environment variable {ambient.Setting}" : $"{ambient.Setting} in '{ambient.Path}'";
            return verdict with
            {
                Override = ambient,
                Bypass = found.Bypass,
                Warnings =
                [
                    .. rules.Warnings,
                    $"The protection of {found.Prefix} (PEP 668) is switched off by {place} ({ambient.Setting}={ambient.Value}): "
                        + $"{rules.Tool} goes ahead.",
                ],
            };
        }
        if (rules.AsksToOverride && rules.Means == OverrideMeans.Impossible && found.Bypass == PolicyBypass.None)
        {
            return verdict with { Refusal = CannotOverride() };
        }
        IReadOnlyList<RefusalAdvice> advice = Advice(found.Bypass);
        var refusal = new Failure(
            FailureId.ExternallyManagedEnvironment,
            RefusalText.Write(machine, Message(found.Marker, found.Prefix), found.Prefix, found.Reason, rules.User),
            _environment, RefusalAdvice.Join(advice));
        return rules.AsksToOverride
            ? verdict with
            {
                Overridden = refusal,
                Bypass = found.Bypass,
                Advice = advice,
                Means = found.Bypass == PolicyBypass.None ? rules.Means : OverrideMeans.Nothing,
            }
            : verdict with { Refusal = refusal, Bypass = found.Bypass, Advice = advice };
    }

    private ExternallyManagedMarker Message(string marker, string prefix) =>
        string.Equals(marker, _environment.MarkerPath, StringComparison.Ordinal)
        ? MarkerReader.Read(machine.Files, _environment, language)!
        : MarkerFile.Read(machine.Files, marker, prefix, language);

    private IReadOnlyList<RefusalAdvice> Advice(PolicyBypass hole)
    {
        string? variable = hole == PolicyBypass.None
            ? null
            : rules.Places.FirstOrDefault(one => one.Bypass == hole)?.Setting is { Path: null } setting ? setting.Name : null;
        var builder = AdviceFor(variable);
        IReadOnlyList<RefusalAdvice> advice = builder.Build(hasOverride: rules.Means != OverrideMeans.Impossible);
        return rules.Request.Environment.IsExternallyManaged || !rules.Request.Environment.IsVirtual ? advice
            : [builder.Within(rules.Request.Environment), .. advice.Where(one => one.Route == AdviceRoute.Override)];
    }

    private InstallAdvice AdviceFor(string? variableToUnset = null) => new(machine, new()
    {
        Removes = rules.Request.Action == PipAction.Uninstall,
        Packages = [.. rules.Request.Packages.Select(one => one.Redacted)],
        Names = [.. rules.Request.Packages.Select(one => one.NormalizedName)],
        Editables = [.. rules.Request.Editables.Select(one => one.Redacted)],
        Requirements = rules.Request.Requirements,
        Constraints = rules.Request.Constraints,
        Upgrade = rules.Request.Upgrade,
        VariableToUnset = variableToUnset,
    });

    private PipVerdict NotVirtual(PipVerdict verdict, string required)
    {
        IReadOnlyList<RefusalAdvice> advice =
            [.. AdviceFor().Build(hasOverride: false).Where(one => one.Route is AdviceRoute.Venv or AdviceRoute.ProjectTool)];
        return verdict with
        {
            Advice = advice,
            Refusal = new(
                FailureId.VenvRequired,
                $"{_environment.Prefix} (Python {_environment.Version}, {_environment.Executable}) is no virtual environment, and " +
                $"{required} lets pip work in those only.",
                _environment, advice.Count > 0 ? RefusalAdvice.Join(advice) : "New-PythonVenv .venv"),
        };
    }

    private Failure CannotOverride() => new(
        FailureId.NotSupportedByPip,
        $"{Capital(rules.Tool)} refuses to change {_environment.Prefix} and knows no override: pip 23.0.1 is the first that has one.",
        _environment,
        RefusalAdvice.Join(AdviceFor().Build(hasOverride: false)));

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
