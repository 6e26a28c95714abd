using Pep668.Distros;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Requests;

namespace Pep668.Pip.Policy;

/// <summary>From which folders pip, or uv, removes distributions: pip reports that it leaves the others alone, and
/// ends without an error (<c>UninstallPathSet.from_dist</c>).</summary>
internal sealed class RemovalScope
{
    private readonly Machine _machine;
    private readonly PythonEnvironment _environment;
    private readonly PipProgram _program;
    private readonly bool _keepsDistroPackages;

    private RemovalScope(Machine machine, PythonEnvironment environment, PipProgram program, bool keepsDistroPackages) =>
        (_machine, _environment, _program, _keepsDistroPackages) = (machine, environment, program, keepsDistroPackages);

    /// <summary>Reads it.</summary>
    /// <param name="machine">Where it is.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="program">What would run.</param>
    /// <param name="installed">What is installed.</param>
    internal static RemovalScope Read(
        Machine machine, PythonEnvironment environment, PipProgram program, InstalledDistributions installed)
    {
        InstalledDistribution? pip = installed.Found.GetValueOrDefault("pip");
        string? file = program.Wheel ?? pip?.MetadataFile;
        var owners = new Lazy<PackageOwners>(() => PackageOwners.Read(machine, environment, file is null ? [] : [file]));
        return new(machine, environment, program, !environment.IsVirtual && KeepsDistroPackages(program, pip,
            path => machine.Files.RealPath(path) is string real ? owners.Value.Find(real) : null,
            folder => IsOwn(machine, environment, folder)));
    }

    /// <summary>Whether packages of the distribution in another folder than the one that is installed into remain. uv
    /// removes from the folders that it installs into alone. So does the pip of a distribution that has another folder
    /// for its packages (Debian's hands-off-system-packages.patch, Fedora's
    /// remove-existing-dist-only-if-path-conflicts.patch); any other pip does not have the patch.</summary>
    /// <param name="program">What would run.</param>
    /// <param name="pip">The pip of the environment.</param>
    /// <param name="ownerOf">Finds the distro package of a file.</param>
    /// <param name="isDestination">Whether a folder is the one that is installed into.</param>
    internal static bool KeepsDistroPackages(
        PipProgram program, InstalledDistribution? pip, Func<string, PackageOwner?> ownerOf, Func<string, bool> isDestination) =>
        program.IsUv
        || (program.Wheel is string wheel ? ownerOf(wheel) is not null
            : pip is not null && ownerOf(pip.MetadataFile) is not null && !isDestination(pip.Location));

    /// <summary>Whether a distribution that Python finds first under its name would be removed.</summary>
    internal bool Includes(InstalledDistribution one)
    {
        string location = Real(_machine, one.Location);
        return _environment.IsVirtual ? PathText.IsBelow(location, Real(_machine, _environment.Prefix))
            : !_keepsDistroPackages || IsOwn(_machine, _environment, one.Location)
                // is_local of the patch; uv does not look there.
                || (!_program.IsUv && !PathText.IsBelow(location, "/usr"));
    }

    private static bool IsOwn(Machine machine, PythonEnvironment environment, string folder) =>
        environment.SitePackages is [string own, ..]
        && string.Equals(Real(machine, own), Real(machine, folder), StringComparison.Ordinal);

    private static string Real(Machine machine, string folder) => machine.Files.RealPath(folder) ?? folder;
}
