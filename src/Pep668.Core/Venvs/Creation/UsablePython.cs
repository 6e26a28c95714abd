using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Venvs.Creation;

/// <summary>The Pythons of a machine that environments can be created with.</summary>
/// <param name="catalog">The machine.</param>
internal sealed class UsablePython(EnvironmentCatalog catalog)
{
    /// <summary>The oldest version that environments are created with.</summary>
    internal static Version Oldest { get; } = new(3, 6);

    /// <summary>Whether a Python has all parts that a new environment needs.</summary>
    /// <param name="files">The files of the machine.</param>
    /// <param name="python">A base interpreter.</param>
    /// <param name="withoutPip">Whether pip is not one of them.</param>
    internal static bool IsComplete(FileTree files, PythonEnvironment python, bool withoutPip) =>
        python.VersionInfo >= Oldest && python.StdLib is string stdlib && VenvModule.Read(files, stdlib) is not null
        && (withoutPip || BundledWheels.Find(files, python) is not null);

    /// <summary>The best one in place of a Python that cannot be used: of the same version, else the newest; null if
    /// none was found.</summary>
    internal PythonEnvironment? InPlaceOf(PythonEnvironment python, bool withoutPip)
    {
        (int, int)? series = Series(python);
        return Global().Where(one => !string.Equals(one.Executable, python.Executable, StringComparison.Ordinal)
                && one.Health == EnvironmentHealth.Healthy && IsComplete(catalog.Machine.Files, one, withoutPip))
            .OrderByDescending(one => Series(one) == series).ThenByDescending(one => one.VersionInfo)
            .ThenBy(one => one.Executable, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>What to do about a Python that cannot be used.</summary>
    /// <param name="python">The Python.</param>
    /// <param name="request">The environment that was requested; null if none is created.</param>
    internal IReadOnlyList<Remedy> Remedies(PythonEnvironment python, VenvRequest? request) =>
        request is not null && InPlaceOf(python, request.WithoutPip) is PythonEnvironment other
            ? [VenvMessages.UsePython(request.ToStep(NameOf(other)), other.Version), VenvMessages.ListPythons()]
            : [VenvMessages.ListPythons()];

    // The short form, if it can mean no other Python.
    private string NameOf(PythonEnvironment python) =>
        Series(python) is (int major, int minor) series && Global().Count(one => Series(one) == series) == 1
            ? FormattableString.Invariant($"{major}.{minor}") : python.Executable;

    private IEnumerable<PythonEnvironment> Global() => catalog.All.Where(one => one is { Kind: EnvironmentKind.Global, Root: null });

    private static (int Major, int Minor)? Series(PythonEnvironment python) =>
        python.VersionInfo is Version version ? (version.Major, version.Minor) : null;
}
