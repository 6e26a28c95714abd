using Pep668.Discovery;
using Pep668.Machines;
using Pep668.Venvs.Creation;

namespace Pep668.Venvs.Repair;

/// <summary>The command that creates an environment again with everything that is known about it: its folder, options,
/// base Python and packages.</summary>
internal static class Recreation
{
    /// <summary>What to do about an environment that cannot be repaired; empty if nothing helps.</summary>
    /// <param name="catalog">The machine.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="python">The base Python that it has or is to have; null if it was not found.</param>
    /// <param name="libraries">What is installed in it.</param>
    internal static IReadOnlyList<Remedy> Remedies(
        EnvironmentCatalog catalog, PythonEnvironment environment, PythonEnvironment? python, InstalledLibraries libraries)
    {
        FileTree files = catalog.Machine.Files;
        if (environment.Root is not null)
        {
            return [];
        }
        bool mayReplace = VenvTarget.WhyNotReplaceable(environment.Prefix) is null;
        if ((mayReplace ? environment.Prefix : VenvTarget.FreePath(files, environment.Prefix)) is not string path)
        {
            return [];
        }
        bool withoutPip = environment.Config?.Command?.Contains(" --without-pip", StringComparison.Ordinal) == true;
        if (Base(catalog, environment, python, withoutPip) is not PythonEnvironment found)
        {
            return mayReplace ? [VenvMessages.ListPythons(), CommonRemedies.RemoveVenv(environment.Prefix)] : [VenvMessages.ListPythons()];
        }
        string? prompt = environment.Config?.Prompt;
        var request = new VenvRequest(path, found)
        {
            IsPythonGiven = true,
            Prompt = string.Equals(prompt, Path.GetFileName(path), StringComparison.Ordinal) ? null : prompt,
            SystemSitePackages = environment.Config is not null && environment.IncludeSystemSitePackages,
            // pip is needed to install the packages.
            WithoutPip = withoutPip && libraries.Distributions.Count == 0,
            Replace = mayReplace,
        };
        return [RepairMessages.Recreate(request.ToStep(), path, libraries.Distributions, mayReplace)];
    }

    // The base, even if its pip is missing: the error about that names the package to install.
    private static PythonEnvironment? Base(
        EnvironmentCatalog catalog, PythonEnvironment environment, PythonEnvironment? python, bool withoutPip) =>
        python is not null && UsablePython.IsComplete(catalog.Machine.Files, python, withoutPip: true) ? python
            : new UsablePython(catalog).InPlaceOf(python ?? environment, withoutPip);
}
