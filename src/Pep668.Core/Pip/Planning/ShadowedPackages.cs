using Pep668.Distros;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Requirements;

namespace Pep668.Pip.Planning;

/// <summary>The distro packages that an install or uninstall would affect. The marker does not matter for it: Fedora
/// has none.</summary>
internal sealed class ShadowedPackages
{
    private readonly Machine _machine;
    private readonly ToolRules _rules;
    private readonly PlannedDestination _destination;
    private readonly ILookup<string, InstalledDistribution> _installed;
    private readonly PackageOwners _owners;
    private readonly Lazy<IReadOnlyList<Remedy>> _remedies;
    private readonly bool _keepsDistroPackages;

    private ShadowedPackages(Machine machine, ToolRules rules, PipProgram program, HashSet<string> names)
    {
        (_machine, _rules) = (machine, rules);
        _destination = PlannedDestination.Find(machine, rules, program);
        _installed = InstalledPackages.In(machine.Files, ImportPath.Entries(machine, rules.Environment))
            .Where(one => one.NormalizedName is "pip" || names.Contains(one.NormalizedName))
            .ToLookup(one => one.NormalizedName, StringComparer.Ordinal);
        IEnumerable<string> files = _installed.SelectMany(group => group).Select(one => one.MetadataFile);
        _owners = PackageOwners.Read(machine, rules.Environment, program.Wheel is string wheel ? files.Append(wheel) : files);
        _remedies = new(() =>
            RequestAdvice.Create(machine, rules with { Request = rules.Request with { DryRun = false } }).Build());
        _keepsDistroPackages = RemovalScope.KeepsDistroPackages(
            program, _installed["pip"].FirstOrDefault(), OwnerOf, folder => _destination.Has(machine.Files, folder));
    }

    /// <summary>Finds them: each package that is shadowed or overwritten, once for each distribution.</summary>
    /// <param name="machine">Where they are.</param>
    /// <param name="request">The request.</param>
    /// <param name="program">What would run it.</param>
    /// <param name="changes">What would change.</param>
    /// <param name="unknown">The normalized names of what would be installed in an unknown version.</param>
    internal static Outcome<IReadOnlyList<PythonPackageConflict>> Find(Machine machine, PipRequest request, PipProgram program,
        IReadOnlyList<PipInstallResult> changes, IReadOnlyList<string> unknown)
    {
        // Nothing in a virtual environment belongs to the distribution.
        if (changes.Count + unknown.Count == 0
            || ToolRules.Read(machine, request, program) is not { Environment.IsVirtual: false } rules)
        {
            return Outcome.Success<IReadOnlyList<PythonPackageConflict>>([]);
        }
        (string Name, PipInstallResult? Change)[] all =
        [
            .. changes.Where(one => one.Action != PipInstallAction.Unchanged).Select(one => (NormalizedName.Normalize(one.Name), one)),
            .. unknown.Select(name => (name, (PipInstallResult?)null)),
        ];
        var packages = new ShadowedPackages(machine, rules, program, [.. all.Select(one => one.Name)]);
        return Outcome.Success<IReadOnlyList<PythonPackageConflict>>(
        [
            .. all.SelectMany(one => packages.FindConflicts(one.Name, one.Change))
                .DistinctBy(one => (one.Kind, one.DistroPackage, one.Distribution))
                .OrderBy(one => one.DistroPackage, StringComparer.Ordinal),
        ], notices: InstalledPackages.Problems(packages._owners));
    }

    private IEnumerable<PythonPackageConflict> FindConflicts(string name, PipInstallResult? change)
    {
        bool isRemoval = change?.Action is PipInstallAction.WouldRemove or PipInstallAction.Removed;
        bool isFirst = true;
        foreach (InstalledDistribution one in _installed[name])
        {
            if (OwnerOf(one.MetadataFile) is PackageOwner owner && KindOf(one, isRemoval, isFirst) is PythonPackageConflictKind kind)
            {
                yield return new PythonPackageConflict
                {
                    Kind = kind,
                    Distribution = change?.Name ?? one.Name,
                    Version = isRemoval ? null : change?.Version,
                    Location = isRemoval || _destination.Folders.Count == 0 ? one.Location : _destination.Folders[0],
                    Remedies = _remedies.Value,
                    Environment = _rules.Environment,
                }.With(owner);
            }
            isFirst = false;
        }
    }

    // pip removes what it finds first under the name, unless it installs for one user alone.
    private PythonPackageConflictKind? KindOf(InstalledDistribution one, bool isRemoval, bool isFirst)
    {
        bool isSame = !_destination.IsElsewhere && _destination.Has(_machine.Files, one.Location);
        bool removes = isFirst && !_destination.IsUser && (isSame || !_keepsDistroPackages);
        return isRemoval ? (removes ? PythonPackageConflictKind.Overwritten : null)
            : _destination.IsElsewhere ? null
            : isSame || (removes && !_rules.IgnoresInstalled) ? PythonPackageConflictKind.Overwritten
            : PythonPackageConflictKind.Shadowed;
    }

    private PackageOwner? OwnerOf(string file) => _machine.Files.RealPath(file) is string real ? _owners.Find(real) : null;
}
