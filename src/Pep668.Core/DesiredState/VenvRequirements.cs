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

    /// <summary>Lets pip plan their install in a new environment, in one that is deleted again.</summary>
    /// <param name="request">The new environment.</param>
    /// <param name="expected">The environment as it would be without them.</param>
    /// <returns>The environment as it would be with them; or why they cannot be installed, which a pip before 22.2
    /// cannot find out.</returns>
    internal Outcome<PythonEnvironment> Plan(VenvRequest request, PythonEnvironment expected)
    {
        if (requirements.Count == 0)
        {
            return expected;
        }
        using TemporaryFolder? folder = TemporaryFolder.TryCreate(out _);
        if (folder is null || new VenvBuilder(host.Catalog(), host.Cache)
            .Create(request with { Path = Path.Combine(folder.FullName, "venv"), Replace = false }, host.Cancellation)
            .OrNull() is not VenvResult trial)
        {
            return expected;
        }
        return Plan(trial.Environment).TryGet(out PythonEnvironment? planned, out Failure? failure)
            ? expected with { PipVersion = planned.PipVersion } : failure with { Remedies = [] }; // its environment is deleted
    }

    /// <summary>The same for an environment that exists.</summary>
    internal Outcome<PythonEnvironment> Plan(PythonEnvironment environment)
    {
        if (MissingIn(environment).Length == 0)
        {
            return environment;
        }
        Outcome<PipInstallPlan> outcome = InstallPlanner.Plan(host.Machine, PackageSource.Input(desired, requirements),
            PackageSource.Rest(desired, environment), progress: null, host.Cancellation);
        return outcome.TryGet(out PipInstallPlan? plan, out Failure? failure)
                ? plan.Changes.FirstOrDefault(one => one.Name is "pip")?.Version is string pip ? environment with { PipVersion = pip }
                : environment
            : failure.Id == FailureId.NotSupportedByPip ? environment
            : failure;
    }

    /// <summary>Installs them if one is missing.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="progress">Receives the warnings, and whether something was changed.</param>
    /// <returns>What went wrong.</returns>
    internal IReadOnlyList<Failure> Install(PythonEnvironment environment, ResourceProgress progress)
    {
        if (MissingIn(environment).Length == 0)
        {
            return [];
        }
        // All of them, so that pip finds versions that fit together.
        IReadOnlyList<Failure> failures = Run(environment, requirements, [], progress);
        // pip keeps the same version that came from elsewhere.
        string[] elsewhere = failures.Count > 0 ? [] : [.. MissingIn(environment).Where(HasUrl)];
        return elsewhere.Length == 0 ? failures : Run(environment, elsewhere, ["--force-reinstall", "--no-deps"], progress);
    }

    private IReadOnlyList<Failure> Run(
        PythonEnvironment environment, IReadOnlyList<string> packages, IReadOnlyList<string> arguments, ResourceProgress progress) =>
        host.Run(PackageSource.Input(desired, packages), PackageSource.Rest(desired, environment) with { Arguments = arguments }, progress)
            .Failures;

    private string[] MissingIn(PythonEnvironment environment) =>
        [.. requirements.Except(SatisfiedIn(environment), StringComparer.Ordinal)];

    private static bool HasUrl(string text) =>
        Requirement.TryParse(text, out Requirement? requirement, out _) && requirement.Url is not null;
}
