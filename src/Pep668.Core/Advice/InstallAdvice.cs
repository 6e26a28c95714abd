using Pep668.Machines;

namespace Pep668.Advice;

/// <summary>
/// What to do instead of changing an environment that another package manager manages, on this machine and for this
/// purpose, from its files: the decision of Python's packaging guide ("Installing packages", "Install packages in a
/// virtual environment", "Installing stand alone command line tools"), with the tools and the packages that are here.
/// </summary>
/// <param name="machine">Where it happens.</param>
/// <param name="intent">What the user wants.</param>
internal sealed class InstallAdvice(Machine machine, InstallIntent intent)
{
    private readonly VenvAdvice _venv = new(machine, intent);
    private readonly DistroPackageAdvice _distro = new(machine, intent);

    /// <summary>What the user should know besides the alternatives, after they were built.</summary>
    internal IReadOnlyList<Notice> Notices => _distro.Notices;

    /// <summary>The alternatives, best first.</summary>
    internal IReadOnlyList<AdvisedRoute> Advise()
    {
        AdvisedRoute[] packages =
            [.. intent.IsPackagesOnly ? _distro.Find() : []],
            applications = [.. intent is { Removes: false, IsPackagesOnly: true } ? new ApplicationAdvice(machine, intent).Find() : []];
        AdvisedRoute[] isolated = [.. ProjectToolAdvice.Find(machine, intent) is AdvisedRoute project ? [project] : _venv.Find()];
        return
        [
            .. CondaAdvice.Find(machine, intent),
            .. intent.Purpose switch
            {
                InstallPurpose.Library => [.. isolated, .. ProjectToolAdvice.FindNew(machine, intent), .. packages],
                InstallPurpose.Application => [.. applications, .. packages, .. isolated],
                InstallPurpose.System => [.. packages, .. isolated],
                InstallPurpose.Script => [.. ScriptAdvice.Find(machine, intent), .. isolated, .. packages],
                _ => (AdvisedRoute[])[.. isolated, .. packages, .. applications],
            },
            .. Override(),
        ];
    }

    /// <summary>The same as remedies.</summary>
    internal IReadOnlyList<Remedy> Build() => [.. Advise().Select(one => one.Remedy)];

    /// <summary>The alternatives that use a virtual environment or the tool of a project.</summary>
    internal IReadOnlyList<Remedy> BuildVirtual() =>
        [.. Build().Where(one => one.Route is AdviceRoute.Venv or AdviceRoute.ProjectTool)];

    /// <summary>The same change in the environment itself, for one that is not managed: only its destination was
    /// wrong.</summary>
    internal IReadOnlyList<Remedy> BuildWithin() => [_venv.Within().Remedy, .. Override().Select(one => one.Remedy)];

    // Elsewhere the override is described in about_Pep668_Refusals, not recommended.
    private IEnumerable<AdvisedRoute> Override()
    {
        if (intent.Override is ProductStep step && HostContext.Disposable(machine) is string context)
        {
            yield return AdvisedRoute.To(AdviceRoute.Override, $"if this {context} is disposable", step);
        }
    }
}
