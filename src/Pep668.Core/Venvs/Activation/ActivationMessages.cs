namespace Pep668.Venvs.Activation;

/// <summary>The errors, warnings and reasons about activation.</summary>
internal static class ActivationMessages
{
    /// <summary>Below a root, where no program is run.</summary>
    internal static Failure BelowRoot(PythonEnvironment environment) => new(
        FailureId.OfflineEnvironment,
        $"'{environment.Prefix}' is below the root '{environment.Root}' and was not activated: programs below a root are never run.",
        environment);

    /// <summary>The environment is broken.</summary>
    internal static Failure Broken(PythonEnvironment environment) => new(
        FailureId.VenvBroken, $"'{environment.Prefix}' is broken and was not activated. {environment.Problem}", environment,
        CommonRemedies.RepairVenv(environment));

    /// <summary>An environment of conda.</summary>
    internal static Failure Conda(PythonEnvironment environment) => new(
        FailureId.EnvironmentNotFound, $"'{environment.Prefix}' is a conda environment, not a virtual environment; it was not activated.",
        environment, environment.Manager == PythonManager.Pixi
            ? [] : [new Remedy("activates it with conda", new ProgramStep("conda", "activate", environment.Prefix))]);

    /// <summary>A base Python.</summary>
    /// <param name="environment">The Python.</param>
    /// <param name="existing">The virtual environment in this folder; null if the folder has none.</param>
    internal static Failure BasePython(PythonEnvironment environment, string? existing) => new(
        FailureId.EnvironmentNotFound, $"'{environment.Executable}' is a base Python, not a virtual environment; it was not activated.",
        environment, existing is not null
            ? new Remedy("activates the virtual environment in this folder", Enter(existing))
            : new Remedy("creates a virtual environment and activates it",
                new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, ".venv")
                    .With(ProductParameter.Python, environment.Executable),
                Enter(".venv") with { IsPiped = true }));

    /// <summary>A second environment came down the same pipeline.</summary>
    /// <param name="folder">The second environment.</param>
    /// <param name="first">The first.</param>
    internal static Failure Second(string folder, string first) => new(
        FailureId.EnvironmentBusy, $"'{folder}' was not activated: the same command has activated '{first}', and only one can be active.",
        folder, new Remedy("activates it instead", Enter(folder)));

    /// <summary>An environment that its own script activated later is still active.</summary>
    /// <param name="folder">The environment to leave.</param>
    /// <param name="active">The environment that is active.</param>
    internal static Failure Covered(string folder, string active) => new(
        FailureId.EnvironmentBusy,
        $"'{folder}' was not deactivated: '{active}' was activated later by its activation script and must be deactivated first.", active,
        new Remedy("deactivates both", new ProgramStep("deactivate"), new ProductStep(ProductCommand.ExitVenv)));

    /// <summary>Nothing is active.</summary>
    internal static Failure NothingActive() => new(FailureId.EnvironmentNotFound, "No environment is active in this session.", null);

    /// <summary>The active environment was activated by its own script.</summary>
    internal static Failure ActivatedByScript(string active) => new(
        FailureId.EnvironmentNotFound, $"'{active}' was activated by its own script, not by this module.", active,
        new Remedy("deactivates it", new ProgramStep("deactivate")));

    /// <summary>The active environment was activated in another session.</summary>
    internal static Failure ActivatedElsewhere(string active) => new(
        FailureId.EnvironmentNotFound,
        $"'{active}' was activated outside of this session (in the parent shell or another runspace) and can only be deactivated there.",
        active);

    /// <summary>conda activated the active environment.</summary>
    internal static Failure ActivatedByConda(string active) => new(
        FailureId.EnvironmentNotFound, $"'{active}' was activated by conda, not by this module.", active,
        new Remedy("deactivates it", new ProgramStep("conda", "deactivate")));

    /// <summary>The prompt is read-only.</summary>
    internal static Notice PromptUnchanged(string folder) =>
        new($"The function 'prompt' is read-only; '{folder}' is active, but the prompt does not show it.");

    /// <summary>The prompt has become read-only.</summary>
    internal static Notice PromptRemains(string folder, string name) =>
        new($"The function 'prompt' is read-only: it still shows '{name}', although '{folder}' is no longer active.");

    /// <summary>Nothing is changed.</summary>
    internal static string AlreadyActive(string folder) => $"Nothing was changed because '{folder}' is already active.";

    /// <summary>An entry of the session is removed.</summary>
    internal static string Forgotten(string folder) => $"Ignoring '{folder}' because another program has deactivated it.";

    /// <summary>The environment is active.</summary>
    internal static string Activated(string folder, string scripts) =>
        $"Activated '{folder}': '{scripts}' is the first folder on PATH.";

    /// <summary>The environment is not active any more.</summary>
    /// <param name="folder">The environment.</param>
    /// <param name="active">The environment that is active now; null if none is.</param>
    internal static string Deactivated(string folder, string? active) =>
        active is null ? $"Deactivated '{folder}'." : $"Deactivated '{folder}'; '{active}' is active.";

    private static ProductStep Enter(string folder) =>
        new ProductStep(ProductCommand.EnterVenv).With(ProductParameter.Environment, folder);
}
