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
    private readonly RefusalText _text = new(machine, rules);
    private readonly Lazy<InstallAdvice> _advice = new(() => RequestAdvice.Create(machine, rules));

    /// <summary>Decides.</summary>
    internal PipVerdict Decide()
    {
        var verdict = new PipVerdict { Environment = _environment, Warnings = rules.Warnings };
        if (rules.InvalidArguments is string problem)
        {
            return verdict with { Refusal = RequestMessages.InvalidArguments(rules.Tool, problem, rules.Request.Arguments) };
        }
        if (rules.RequiresVirtual is string required && !_environment.IsVirtual)
        {
            return verdict with { Refusal = NotVirtual(required) };
        }
        if (rules.IsExempt || new DestinationCheck(machine, rules).Find() is not ManagedDestination found)
        {
            return verdict;
        }
        if (rules.Override is PipOverride ambient && !rules.Request.IgnoreOverrides)
        {
            return verdict with
            {
                Override = ambient,
                Bypass = found.Bypass,
                Warnings = [.. rules.Warnings, PolicyMessages.AmbientOverride(ambient, found.Prefix, rules.Tool)],
            };
        }
        if (rules.AsksToOverride && rules.Means == OverrideMeans.Impossible && found.Bypass == PolicyBypass.None)
        {
            return verdict with { Refusal = CannotOverride() };
        }
        Failure refusal = Refuse(found);
        return rules.AsksToOverride
            ? verdict with
            {
                Overridden = refusal,
                Bypass = found.Bypass,
                Means = found.Bypass == PolicyBypass.None ? rules.Means : OverrideMeans.Nothing,
            }
            : verdict with { Refusal = refusal, Bypass = found.Bypass, Warnings = [.. rules.Warnings, .. _advice.Value.Notices] };
    }

    private Failure Refuse(ManagedDestination found)
    {
        ExternallyManagedMarker marker = Message(found.Marker, found.Prefix);
        IReadOnlyList<Remedy> remedies = found.Removing is null ? Remedies(found) : [Keeping(), .. Remedies(found)];
        return new(FailureId.ExternallyManagedEnvironment, _text.Sentence(found), new Refusal
        {
            Environment = _environment,
            Installer = rules.Tool,
            Cause = found.Cause,
            Message = marker.Message,
            MarkerPath = marker.Path,
            Distributor = _text.Distributor(found.Prefix),
            Explanation = _text.Explain(found, marker),
            Remedies = remedies,
        }, remedies) { Details = marker.Message.Trim('\n') };
    }

    private ExternallyManagedMarker Message(string marker, string prefix) =>
        string.Equals(marker, _environment.MarkerPath, StringComparison.Ordinal)
        ? MarkerReader.Read(machine.Files, _environment, language)!
        : MarkerFile.Read(machine.Files, marker, prefix, language);

    private IReadOnlyList<Remedy> Remedies(ManagedDestination found)
    {
        PythonEnvironment requested = rules.Request.Environment;
        return requested is { IsVirtual: true, IsExternallyManaged: false } && found.Bypass != PolicyBypass.Link
            ? _advice.Value.BuildWithin()
            : _advice.Value.Build();
    }

    private Remedy Keeping() => new("installs there and removes nothing",
        (rules.Request with { Arguments = [.. rules.Request.Arguments, "--ignore-installed"] }).ToStepIn(rules.Request.Environment));

    private Failure NotVirtual(string required)
    {
        IReadOnlyList<Remedy> remedies = _advice.Value.BuildVirtual();
        return new(FailureId.VenvRequired, _text.NotVirtual(required), Target(RefusalCause.VenvRequired, remedies), remedies);
    }

    private Failure CannotOverride()
    {
        IReadOnlyList<Remedy> remedies = _advice.Value.Build();
        return new(FailureId.NotSupportedByPip, _text.NoOverride(), Target(RefusalCause.NoOverride, remedies), remedies);
    }

    private Refusal Target(RefusalCause cause, IReadOnlyList<Remedy> remedies) => new()
    {
        Environment = _environment,
        Installer = rules.Tool,
        Cause = cause,
        MarkerPath = _environment.MarkerPath,
        Distributor = _text.Distributor(_environment.Prefix),
        Remedies = remedies,
    };
}
