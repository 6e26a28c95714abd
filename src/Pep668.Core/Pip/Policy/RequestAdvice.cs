using Pep668.Advice;
using Pep668.Distros;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Pip.Policy;

/// <summary>The alternatives to a request that would change the distribution's packages.</summary>
internal static class RequestAdvice
{
    /// <summary>The recommended ways to get packages, best first: the advice of a refusal, for a purpose.</summary>
    /// <param name="machine">Whose files, variables and settings.</param>
    /// <param name="packages">What to install: requirements, as for an install.</param>
    /// <param name="environment">Where they would be installed.</param>
    /// <param name="purpose">What they are wanted for; null for the ways of every purpose.</param>
    /// <param name="uiCulture">The name of the UI culture: the language of the distributor's text.</param>
    internal static Outcome<IReadOnlyList<PythonInstallAdvice>> Advise(
        Machine machine, IReadOnlyList<string> packages, PythonEnvironment environment, InstallPurpose? purpose,
        string uiCulture)
    {
        // The commands are for this machine.
        if (environment.Root is not null)
        {
            return RequestMessages.BelowRoot(environment);
        }
        Outcome<PipRequest> read =
            new PipInput(PipAction.Install) { Packages = packages }.Read(machine, new PipRequest(PipAction.Install, environment));
        if (!read.TryGet(out PipRequest? request, out _))
        {
            return Outcome.Fail<IReadOnlyList<PythonInstallAdvice>>(read.Failures);
        }
        InstallIntent intent = Intent(machine, PipRules.Read(machine, request, environment.PipVersion));
        intent = intent with
        {
            Purpose = purpose,
            MayAsk = true,
            Override = environment.IsExternallyManaged ? intent.Override : null,
        };
        var advice = new InstallAdvice(machine, intent);
        return Outcome.Success<IReadOnlyList<PythonInstallAdvice>>([.. advice.Advise()
            .Select((one, at) => new PythonInstallAdvice
            {
                Rank = at + 1,
                Route = one.Remedy.Route!.Value,
                Confidence = one.Confidence,
                Remedy = one.Remedy,
            })], notices: [.. advice.Notices,
                .. SystemPackageManager.Find(machine) is null ? DistributorsAdvice(machine, environment, uiCulture) : []]);
    }

    // Where the package manager is not known, the distributor's text has its command.
    private static IReadOnlyList<Notice> DistributorsAdvice(Machine machine, PythonEnvironment environment, string uiCulture) =>
        environment.IsExternallyManaged
            && MarkerReader.Read(machine.Files, environment, MarkerReader.LanguageOf(machine, uiCulture, environment)) is
                { Message: string message }
            ? [PolicyMessages.DistributorsAdvice(environment, message)] : [];

    /// <summary>Creates the advice. It first removes the settings that would send the alternative to the same
    /// place.</summary>
    /// <param name="machine">Where it happens.</param>
    /// <param name="rules">What was requested, as the tool reads it.</param>
    internal static InstallAdvice Create(Machine machine, ToolRules rules) => new(machine, Intent(machine, rules));

    private static InstallIntent Intent(Machine machine, ToolRules rules)
    {
        RemedyStep?[] before =
            [.. rules.Blocking.Select(one => SettingRemoval.Step(machine, one.Source, one.Path, one.Name, rules.Environment))];
        PipRequest request = rules.Request;
        return new(request.WithoutDestination().ToStep(), request.Environment)
        {
            Packages = [.. request.Packages.Select(one => one.Redacted)],
            Names = [.. request.Packages.Select(one => one.NormalizedName)],
            Versions = [.. request.Packages.Select(one => one.Requirement?.Specifiers)],
            Before = [.. before.OfType<RemedyStep>().Distinct()],
            Override = rules.Means == OverrideMeans.Impossible ? null
                : request.ToStepIn(request.Environment).With(ProductParameter.BreakSystemPackages).With(ProductParameter.Force),
        };
    }
}
