namespace Pep668;

/// <summary>Remedies that several components use.</summary>
internal static class CommonRemedies
{
    /// <summary>The step in an environment.</summary>
    internal static ProductStep In(this ProductStep step, PythonEnvironment environment) =>
        step.With(ProductParameter.Environment, environment.IsVirtual ? environment.Prefix : environment.Executable);

    /// <summary>Lists the Pythons of the machine.</summary>
    /// <param name="root">The folder that is used as its root; null for this machine.</param>
    internal static Remedy ListEnvironments(string? root = null) => root is null
        ? new("lists the Pythons on this machine", new ProductStep(ProductCommand.ListEnvironments))
        : new("lists the Pythons below that root", new ProductStep(ProductCommand.ListEnvironments).With(ProductParameter.Root, root));

    /// <summary>Creates a virtual environment.</summary>
    /// <param name="path">Where.</param>
    /// <param name="python">Its base Python; null for the one that is used if none is named.</param>
    internal static Remedy CreateVenv(string path = ".venv", string? python = null) =>
        new("creates a virtual environment", new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, path)
            .WithAny(ProductParameter.Python, python is null ? [] : [python]));

    /// <summary>Repairs a virtual environment, and for the companion, which cannot, creates it again. One of another
    /// operating system may be in use there: another one is created.</summary>
    /// <param name="environment">The environment.</param>
    internal static IReadOnlyList<Remedy> RepairVenv(PythonEnvironment environment) => environment.Config?.MadeOn is not null
        ? [CreateVenv(environment.Prefix + "2") with { Reason = "creates one for this system" }]
        :
        [
            new("repairs it, keeps what is installed",
                new ProductStep(ProductCommand.RepairVenv).With(ProductParameter.Environment, environment.Prefix)),
            RecreateVenv(environment.Prefix),
        ];

    /// <summary>Removes a virtual environment.</summary>
    /// <param name="prefix">Its folder.</param>
    internal static Remedy RemoveVenv(string prefix) =>
        new("removes it", new ProductStep(ProductCommand.RemoveVenv).With(ProductParameter.Environment, prefix));

    /// <summary>The same remedy where only root may change the files. A cmdlet cannot be started as root from a
    /// session, so the reason states it.</summary>
    /// <param name="remedy">The remedy.</param>
    /// <param name="needsRoot">Whether that is so.</param>
    internal static Remedy AsRoot(this Remedy remedy, bool needsRoot) => !needsRoot ? remedy : remedy with
    {
        Reason = remedy.Steps.Any(step => step is ProductStep) ? "as root: " + remedy.Reason : remedy.Reason,
        Steps = [.. remedy.Steps.Select(step => step is ProductStep or RemovePathStep ? step with { NeedsRoot = true } : step)],
    };

    /// <summary>Creates a virtual environment again, empty.</summary>
    /// <param name="prefix">Its folder.</param>
    internal static Remedy RecreateVenv(string prefix) => new("creates it again, without its packages",
        new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, prefix).With(ProductParameter.Force));
}
