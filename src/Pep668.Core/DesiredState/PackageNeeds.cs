using Pep668.Environments;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;
using Pep668.Requirements;
using Pep668.Versions;

namespace Pep668.DesiredState;

/// <summary>Whether requirements are satisfied by what is installed in an environment.</summary>
internal sealed class PackageNeeds
{
    private readonly InstalledDistributions _installed;
    private readonly Lazy<ConditionVariables> _variables;

    /// <summary>Reads what is installed.</summary>
    internal PackageNeeds(Machine machine, PythonEnvironment environment)
    {
        _installed = InstalledDistributions.Read(machine.Files, UserSite.Folders(machine, environment));
        _variables = new(() => PipConditions.Variables(machine, environment, PipProgram.OfVersion(environment.PipVersion)));
    }

    /// <summary>The installed distributions that Python finds.</summary>
    internal IEnumerable<InstalledDistribution> All =>
        _installed.Found.Values.OrderBy(one => one.NormalizedName, StringComparer.Ordinal);

    /// <summary>The installed distribution of a name; null if it is missing.</summary>
    internal InstalledDistribution? Find(string name) => _installed.Found.GetValueOrDefault(NormalizedName.Normalize(name));

    /// <summary>Whether a requirement holds: its condition is false, or its version is installed, with what its extras
    /// require. One with a URL holds if the package came from that URL (PEP 610).</summary>
    internal bool IsSatisfied(Requirement requirement, Machine machine) =>
        (requirement.Marker is RequirementCondition condition
            && condition.TryEvaluate(_variables.Value, out bool holds, out _) && !holds)
        || IsInstalled(requirement, machine.Files, []);

    private bool IsInstalled(Requirement requirement, FileTree files, HashSet<(string Name, string Extra)> seen) =>
        Find(requirement.Name) is InstalledDistribution one
        && (requirement.Url is string url
            // A digest in the fragment is recorded apart.
            ? string.Equals(one.Source(files), UrlCredentials.WithoutUser(url).Split('#')[0], StringComparison.Ordinal)
            : Contains(requirement.Specifiers, one.Version))
        && requirement.Extras.All(extra => HasExtra(one, extra, files, seen));

    // Which extras were installed is not recorded: they are what they require. One may require another of the same
    // package.
    private bool HasExtra(InstalledDistribution one, string extra, FileTree files, HashSet<(string Name, string Extra)> seen) =>
        !seen.Add((one.NormalizedName, NormalizedName.Normalize(extra)))
        || DistributionRequirements.Read(files, one).SelectExtra(extra, _variables.Value).All(needed => IsInstalled(needed, files, seen));

    /// <summary>Whether a specifier contains an installed version. That may be a pre-release.</summary>
    internal static bool Contains(VersionSpecifierSet specifiers, string? version) =>
        Pep440Version.TryParse(version, out Pep440Version? installed)
            ? specifiers.Contains(installed, PreReleaseRule.Included)
            : specifiers.ToString() is "";
}
