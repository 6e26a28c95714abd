using Pep668.Machines;

namespace Pep668.Venvs.Activation;

/// <summary>Decides which environments can be activated.</summary>
internal static class ActivationPolicy
{
    private const string Default = ".venv";

    /// <summary>Why an environment cannot be activated; null if it can.</summary>
    /// <param name="environment">The environment, read just now.</param>
    /// <param name="machine">The machine of the session.</param>
    public static Failure? Refusal(PythonEnvironment environment, Machine machine)
    {
        if (environment.Root is not null)
        {
            return ActivationMessages.BelowRoot(environment);
        }
        if (environment.IsVirtual)
        {
            return environment.Health == EnvironmentHealth.Broken ? ActivationMessages.Broken(environment) : null;
        }
        return environment.Kind == EnvironmentKind.Conda
            ? ActivationMessages.Conda(environment)
            : ActivationMessages.BasePython(environment, machine.Files.IsFile(machine.Absolute($"{Default}/pyvenv.cfg")) ? Default : null);
    }
}
