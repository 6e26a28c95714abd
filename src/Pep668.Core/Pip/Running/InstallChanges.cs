using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Requirements;
using Pep668.Versions;

namespace Pep668.Pip.Running;

/// <summary>Tells what a run did, or would do, from what is installed before and after it, and from what pip or uv
/// lists.</summary>
/// <param name="machine">Where it runs.</param>
/// <param name="request">What is asked.</param>
/// <param name="before">What was installed before it.</param>
/// <param name="variables">What it says of itself to conditions.</param>
/// <param name="other">Where else than in the environment it installs; null for the environment itself.</param>
internal sealed class InstallChanges(
    Machine machine, PipRequest request, InstalledDistributions before, ConditionVariables variables, OtherDestination? other = null)
{
    private readonly SortedDictionary<string, PipInstallResult> _results = new(StringComparer.Ordinal);
    private readonly InstalledDistributions? _otherBefore = Other(machine, other);
    private readonly IReadOnlyList<PipTarget> _targets =
        [.. request.Packages, .. request.Editables, .. request.Lines.Select(line => line.Target).OfType<PipTarget>(),
            .. RequirementsFile.Read(machine, request.Requirements)];

    /// <summary>What was asked to be removed and is not there, each once, as it was written.</summary>
    internal IReadOnlyList<PipTarget> MissingPackages =>
        [.. request.Packages.Where(target => target.NormalizedName is string name && !before.Found.ContainsKey(name))
            .DistinctBy(target => target.NormalizedName, StringComparer.Ordinal)];

    /// <summary>What a run did.</summary>
    internal IReadOnlyList<PipInstallResult> Done(InstalledDistributions after, IReadOnlyList<PlannedChange> listed, bool succeeded)
    {
        InstalledDistributions? otherAfter = Other(machine, other);
        HashSet<string> asked = RequestedNames(otherAfter ?? after, listed);
        foreach (InstalledDistribution old in before.Found.Values.Where(
            old => !after.Found.ContainsKey(old.NormalizedName) || IsUncovered(old, after)))
        {
            Add(old.NormalizedName, old.Name, null, old.Version, PipInstallAction.Removed, asked);
        }
        foreach (InstalledDistribution now in after.Found.Values.Where(now => !_results.ContainsKey(now.NormalizedName)))
        {
            InstalledDistribution? old = before.Found.GetValueOrDefault(now.NormalizedName);
            bool isListed =
                other is null && succeeded && listed.Any(change => !change.IsRemoval && IsName(change.Name, now.NormalizedName));
            if (old is null || isListed || !now.IsAsWrittenIn(old))
            {
                Add(now.NormalizedName, now.Name, now.Version, old?.Version, Compare(old?.Version, now.Version), asked);
            }
        }
        if (otherAfter is not null)
        {
            AddOther(otherAfter, asked);
        }
        if (succeeded)
        {
            if (otherAfter is not null)
            {
                AddUnchanged(otherAfter, asked);
            }
            AddUnchanged(after, asked);
        }
        return [.. _results.Values];
    }

    /// <summary>What a run would do.</summary>
    internal IReadOnlyList<PipInstallResult> Planned(IReadOnlyList<PlannedChange> listed)
    {
        HashSet<string> asked = RequestedNames(before, listed);
        foreach (PlannedChange change in listed.OrderBy(change => change.IsRemoval))
        {
            string name = NormalizedName.Normalize(change.Name);
            if (_otherBefore is not null)
            {
                PlanOther(change, name, asked);
            }
            else if (!_results.ContainsKey(name))
            {
                InstalledDistribution? old = before.Found.GetValueOrDefault(name);
                PipInstallAction action = change.IsRemoval ? PipInstallAction.Removed : Compare(old?.Version, change.Version ?? "");
                Add(name, change.IsRemoval ? old?.Name ?? change.Name : change.Name, change.IsRemoval ? null : change.Version,
                    old?.Version, Would(action), asked);
            }
        }
        AddUnchanged(before, asked);
        return [.. _results.Values];
    }

    /// <summary>What an uninstall would do; pip has no dry run of it.</summary>
    /// <param name="scope">What it would not leave alone.</param>
    internal IReadOnlyList<PipInstallResult> PlannedRemoval(RemovalScope scope) =>
        Planned([.. _targets.Select(target => target.NormalizedName).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(name => before.Found.GetValueOrDefault(name)).OfType<InstalledDistribution>().Where(scope.Includes)
            .Select(one => new PlannedChange(one.Name, null, true, IsRemoval: true))]);

    // What is in the environment and what is in the other place are not compared with each other.
    private void AddOther(InstalledDistributions after, HashSet<string> asked)
    {
        foreach (InstalledDistribution old in _otherBefore!.Found.Values.Where(old => !after.Found.ContainsKey(old.NormalizedName)))
        {
            Add(old.NormalizedName, old.Name, null, old.Version, PipInstallAction.Removed, asked, isOther: true);
        }
        foreach (InstalledDistribution now in after.Found.Values)
        {
            InstalledDistribution? old = _otherBefore.Found.GetValueOrDefault(now.NormalizedName);
            if (old is null || !now.IsAsWrittenIn(old))
            {
                Add(now.NormalizedName, now.Name, now.Version, old?.Version, Compare(old?.Version, now.Version), asked, isOther: true);
            }
        }
    }

    private void PlanOther(PlannedChange change, string name, HashSet<string> asked)
    {
        if (change.IsRemoval)
        {
            return;
        }
        if (other!.Removes && before.Found.TryGetValue(name, out InstalledDistribution? removed))
        {
            Add(name, removed.Name, null, removed.Version, PipInstallAction.WouldRemove, asked);
        }
        string? old = _otherBefore!.Found.GetValueOrDefault(name)?.Version;
        Add(name, change.Name, change.Version, old, Would(Compare(old, change.Version ?? "")), asked, isOther: true);
    }

    private static InstalledDistributions? Other(Machine machine, OtherDestination? other) =>
        other is null ? null : InstalledDistributions.Read(machine.Files, other.Folders);

    // No name has this character, and it is before all that names have.
    private static string InOther(string name) => name + "!";

    private void AddUnchanged(InstalledDistributions now, HashSet<string> asked)
    {
        foreach (string name in asked.Where(name => !_results.ContainsKey(name) && !_results.ContainsKey(InOther(name))))
        {
            if (now.Found.TryGetValue(name, out InstalledDistribution? one))
            {
                Add(name, one.Name, one.Version, one.Version, PipInstallAction.Unchanged, asked);
            }
        }
    }

    private void Add(string key, string name, string? version, string? previous, PipInstallAction action, HashSet<string> asked,
        bool isOther = false) =>
        _results[isOther ? InOther(key) : key] = new()
    {
        Name = name,
        Version = version is "" ? null : version,
        PreviousVersion = previous is "" ? null : previous,
        Action = action,
        Requested = asked.Contains(key),
        Changed = action is PipInstallAction.Installed or PipInstallAction.Upgraded or PipInstallAction.Downgraded
            or PipInstallAction.Reinstalled or PipInstallAction.Removed,
        Environment = request.Environment,
    };

    // By the names that are written; what has none (a folder, a URL) by what pip lists or notes of where it came from.
    private HashSet<string> RequestedNames(InstalledDistributions now, IReadOnlyList<PlannedChange> listed)
    {
        HashSet<string> asked = [.. _targets.Where(IsWanted).Select(target => target.NormalizedName).OfType<string>()];
        asked.UnionWith(listed.Where(change => change.IsRequested).Select(change => NormalizedName.Normalize(change.Name)));
        HashSet<string> sources = [.. _targets.Where(target => target.NormalizedName is null).Select(Source).OfType<string>()];
        if (sources.Count > 0)
        {
            asked.UnionWith(now.Found.Values.Where(one =>
                one.Source(machine.Files) is string source && sources.Contains(source.TrimEnd('/'))).Select(one => one.NormalizedName));
        }
        return asked;
    }

    // Where a value is not known, pip may install it. Nothing that is uninstalled has conditions for pip.
    private bool IsWanted(PipTarget target) =>
        request.Action == PipAction.Uninstall
        || target.Marker is null || !target.Marker.TryEvaluate(variables, out bool holds, out _) || holds;

    private string? Source(PipTarget target) =>
        (target.Path is string path
            ? new Uri(machine.FromHere(path)).AbsoluteUri
            : target.Url is string url ? UrlCredentials.WithoutUser(url) : null)?.TrimEnd('/');

    // Taken away, and one that it hid is seen now.
    private bool IsUncovered(InstalledDistribution old, InstalledDistributions after) =>
        request.Action == PipAction.Uninstall
            && !string.Equals(after.Found[old.NormalizedName].MetadataPath, old.MetadataPath, StringComparison.Ordinal);

    private static bool IsName(string name, string normal) =>
        string.Equals(NormalizedName.Normalize(name), normal, StringComparison.Ordinal);

    private static PipInstallAction Would(PipInstallAction action) => action switch
    {
        PipInstallAction.Installed => PipInstallAction.WouldInstall,
        PipInstallAction.Upgraded => PipInstallAction.WouldUpgrade,
        PipInstallAction.Downgraded => PipInstallAction.WouldDowngrade,
        PipInstallAction.Reinstalled => PipInstallAction.WouldReinstall,
        PipInstallAction.Removed => PipInstallAction.WouldRemove,
        _ => action,
    };

    /// <summary>What the change from one version to another is.</summary>
    /// <param name="before">The version before; null if there was none.</param>
    /// <param name="now">The version now.</param>
    internal static PipInstallAction Compare(string? before, string now)
    {
        if (before is null)
        {
            return PipInstallAction.Installed;
        }
        int order = Pep440Version.TryParse(before, out Pep440Version? old) && Pep440Version.TryParse(now, out Pep440Version? @new)
            ? @new.CompareTo(old)
            : string.CompareOrdinal(now, before);
        return order > 0 ? PipInstallAction.Upgraded : order < 0 ? PipInstallAction.Downgraded : PipInstallAction.Reinstalled;
    }
}
