using Pep668.Machines;
using Pep668.Pip.Planning;
using Pep668.Pip.Running;
using Pep668.Requirements;
using Pep668.Venvs.Creation;

namespace Pep668.DesiredState;

/// <summary>The requirements of a virtual environment: which are satisfied, whether they can be installed, and their
/// install.</summary>
/// <param name="host">The machine.</param>
/// <param name="desired">The desired state, which contains where packages come from.</param>
/// <param name="requirements">The requirements.</param>
internal sealed class VenvRequirements(ResourceHost host, ResourceState desired, IReadOnlyList<string> requirements)
{
    /// <summary>Those that are satisfied in an environment.</summary>
    internal string[] SatisfiedIn(PythonEnvironment environment)
    {
        var needs = new PackageNeeds(host.Machine, environment);
        return [.. requirements.Where(text =>
            Requirement.TryParse(text, out Requirement? requirement, out _) && needs.IsSatisfied(requirement, host.Machine))];
    }

    /// <summary>Why they cannot be installed in a new environment, which pip plans in one that is deleted again; null
    /// if they can, or if pip is too old to plan (before 22.2).</summary>
    internal Failure? WhyNotInstallable(VenvRequest request)
    {
        if (requirements.Count == 0)
        {
            return null;
        }
        using TemporaryFolder? folder = TemporaryFolder.TryCreate(out _);
        return folder is not null
            && new VenvBuilder(host.Catalog(), host.Cache)
                .Create(request with { Path = Path.Combine(folder.FullName, "venv"), Replace = false }, host.Cancellation)
                .OrNull() is VenvResult trial ? WhyNotInstallable(trial.Environment) : null;
    }

    /// <summary>The same for an environment that exists.</summary>
    internal Failure? WhyNotInstallable(PythonEnvironment environment)
    {
        if (MissingIn(environment).Length == 0)
        {
            return null;
        }
        Failure? failure = InstallPlanner.Plan(host.Machine, PackageSource.Input(desired, requirements),
            PackageSource.Rest(desired, environment), progress: null, host.Cancellation).Failure;
        return failure is { Id: FailureId.NotSupportedByPip } ? null : failure;
    }

    /// <summary>Installs them if one is missing.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="notices">Receives the warnings.</param>
    /// <returns>What went wrong.</returns>
    internal IReadOnlyList<Failure> Install(PythonEnvironment environment, List<Notice> notices)
    {
        if (MissingIn(environment).Length == 0)
        {
            return [];
        }
        // All of them, so that pip finds versions that fit together.
        IReadOnlyList<Failure> failures = Run(environment, requirements, [], notices);
        // pip keeps the same version that came from elsewhere.
        string[] elsewhere = failures.Count > 0 ? [] : [.. MissingIn(environment).Where(HasUrl)];
        return elsewhere.Length == 0 ? failures : Run(environment, elsewhere, ["--force-reinstall", "--no-deps"], notices);
    }

    private IReadOnlyList<Failure> Run(
        PythonEnvironment environment, IReadOnlyList<string> packages, IReadOnlyList<string> arguments, List<Notice> notices)
    {
        Outcome<PipRunOutcome> run = host.Run(
            PackageSource.Input(desired, packages), PackageSource.Rest(desired, environment) with { Arguments = arguments });
        notices.AddRange(run.Notices);
        return run.Failures;
    }

    private string[] MissingIn(PythonEnvironment environment) =>
        [.. requirements.Except(SatisfiedIn(environment), StringComparer.Ordinal)];

    private static bool HasUrl(string text) =>
        Requirement.TryParse(text, out Requirement? requirement, out _) && requirement.Url is not null;
}
