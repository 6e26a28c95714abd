using Pep668.Distros;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Venvs.Creation;

/// <summary>The errors and warnings about virtual environments that are created.</summary>
internal static class VenvMessages
{
    /// <summary>No wheel of pip was found for a Python.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="python">The Python.</param>
    /// <param name="path">The environment that was to be created or repaired.</param>
    internal static Failure NoPip(Machine machine, PythonEnvironment python, string path) => new(
        FailureId.PipSeedNotFound, $"No wheel of pip was found for Python {python.Version} ('{python.Executable}'); nothing was changed.",
        python, [.. MissingPartPackages.Pip(machine, python, BundledWheels.FolderOf(machine.Files, python)), WithoutPip(path)]);

    /// <summary>The standard library has no venv.</summary>
    internal static Failure NoVenvModule(Machine machine, PythonEnvironment python) => new(
        FailureId.PythonNotFound, $"Python {python.Version} ('{python.Executable}') has no module venv in '{python.StdLib}'; nothing was "
            + "created.", python, [.. MissingPartPackages.Venv(machine, python), CommonRemedies.ListEnvironments()]);

    /// <summary>Creates the environment without pip.</summary>
    internal static Remedy WithoutPip(string path) => new("creates it without pip",
        new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, path).With(ProductParameter.WithoutPip));
}
