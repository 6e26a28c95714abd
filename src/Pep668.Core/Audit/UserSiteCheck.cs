using Pep668.Distros;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Audit;

/// <summary><see cref="PythonPackageConflictKind.UserSite"/>: a package in the folder of a user (PEP 370), in place of
/// which the distribution's tools expect their own.</summary>
internal sealed class UserSiteCheck : ConflictCheck
{
    /// <inheritdoc/>
    internal override IEnumerable<PythonPackageConflict> Find(AuditedPython python)
    {
        if (python.Environment.IsVirtual || python.Owners.Files.Count == 0)
        {
            yield break;
        }
        var owned = python.Distributions.Where(one => one.Owner is not null)
            .DistinctBy(one => one.Distribution.NormalizedName, StringComparer.Ordinal)
            .ToDictionary(one => one.Distribution.NormalizedName, one => one.Owner!, StringComparer.Ordinal);
        foreach (UserHome home in UserHome.All(python.Machine))
        {
            if (UserSite.Find(home.Machine, python.Environment) is not string folder || !python.Files.IsDirectory(folder)
                || python.Folders.Contains(folder, StringComparer.Ordinal))
            {
                continue;
            }
            foreach (AuditedDistribution one in python.Read([folder]))
            {
                if (owned.TryGetValue(one.Distribution.NormalizedName, out PackageOwner? owner))
                {
                    yield return (Make(python, PythonPackageConflictKind.UserSite, folder,
                        AuditRemedies.UninstallOfUser(python, home, one.Distribution, owner.Package.Name)) with
                    {
                        Distribution = one.Distribution.Name,
                        Version = one.Distribution.Version,
                    }).With(owner);
                }
            }
        }
    }
}

/// <summary>The home folder of one user.</summary>
/// <param name="Machine">The machine as that user sees it.</param>
/// <param name="Folder">The folder.</param>
/// <param name="Owner">The id of the user that it belongs to.</param>
/// <param name="Group">The id of its group.</param>
/// <param name="IsOwn">Whether it is the home of the user of this process.</param>
internal sealed record UserHome(Machine Machine, string Folder, uint Owner, uint Group, bool IsOwn)
{
    /// <summary>The homes that this user can look into: the own one; for root, and in an image, all.</summary>
    internal static IEnumerable<UserHome> All(Machine machine)
    {
        bool isAll = machine.UserId == 0 && machine.Platform == Platform.Linux;
        IEnumerable<string> homes = machine.Homes()
            .Concat(isAll ? machine.Files.List("/home").Select(item => "/home/" + item.Name) : []);
        foreach (string folder in homes.Distinct(StringComparer.Ordinal))
        {
            FileEntry entry = machine.Files.Stat(folder);
            bool isOwn = string.Equals(folder, machine.Home, StringComparison.Ordinal);
            if (entry.Kind == FileKind.Directory)
            {
                yield return new(
                    isOwn ? machine : machine with { Home = folder, Variables = new Dictionary<string, string>(StringComparer.Ordinal) },
                    folder, entry.Owner, entry.Group, isOwn);
            }
        }
    }
}
