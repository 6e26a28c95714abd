using Pep668.Environments;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Requests;

namespace Pep668.Pip.Policy;

/// <summary>Decides whether a request would change a managed environment, directly or through another
/// destination.</summary>
internal sealed class DestinationCheck(Machine machine, ToolRules rules)
{
    /// <summary>The managed environment that would be changed; null if none would be.</summary>
    internal ManagedDestination? Find() => rules.Places.Count > 0 ? LeadsBack() : Covered();

    // PEP 668's own case: the environment as it is, the user's folder included.
    private ManagedDestination? Covered() => rules.Environment is { IsExternallyManaged: true, MarkerPath: string marker } environment
        ? new(rules.Enforces ? PolicyBypass.None : PolicyBypass.OldPip, marker, environment.Prefix, null)
        : Linked();

    // pip and uv write through a link such as lib or site-packages.
    private ManagedDestination? Linked()
    {
        PythonEnvironment environment = rules.Environment;
        char separator = Path.SeparatorOf(environment.Prefix);
        string prefix = environment.Prefix.TrimEnd(separator) + separator;
        if (!machine.Files.IsDirectory(environment.Prefix))
        {
            return null;
        }
        string real = (machine.Files.RealPath(environment.Prefix) ?? environment.Prefix) + separator;
        ManagedFolders? managed = null;
        foreach ((string? folder, bool isScripts) in environment.SitePackages.Select(one => ((string?)one, false))
            .Append((environment.Scripts, true)))
        {
            if (folder is not null && folder.StartsWith(prefix, StringComparison.Ordinal)
                && machine.Files.RealPath(folder) is string behind && !behind.StartsWith(real, StringComparison.Ordinal)
                && (managed ??= ManagedFolders.Find(machine, environment)).Owner(folder, isScripts) is (string marker, string owner))
            {
                return new(PolicyBypass.Link, marker, owner, new(new(PolicyBypass.Link, folder, null), behind, isScripts));
            }
        }
        return null;
    }

    // Options such as --target, whatever link leads back.
    private ManagedDestination? LeadsBack()
    {
        var managed = ManagedFolders.Find(machine, rules.Environment);
        string? userSite = rules.User is null ? null : UserSite.Find(machine, rules.Environment);
        foreach (WrittenFolder written in InstallDestination.Written(rules.Places, rules.Environment, rules.CurrentDirectory, userSite))
        {
            if (managed.Owner(written.Path, written.IsScripts) is (string marker, string prefix))
            {
                return new(written.Destination.Bypass, marker, prefix, written);
            }
        }
        if (rules.Removes is { Bypass: not PolicyBypass.Distutils } removing
            && rules.Environment is { IsExternallyManaged: true, MarkerPath: string own } environment && CanRemove(environment))
        {
            return new(removing.Bypass, own, environment.Prefix, null) { Removing = removing };
        }
        // What goes to setup.py, or is in a file of distutils, lifts no check.
        return rules.Places.All(one => one.Bypass is PolicyBypass.SetupOption or PolicyBypass.Distutils) ? Covered() : null;
    }

    // Which dependencies are installed is known only to pip; what is requested by name alone is known here.
    private bool CanRemove(PythonEnvironment environment)
    {
        PipRequest request = rules.Request;
        if (!rules.IsWithoutDependencies || request.Requirements.Count + request.Editables.Count > 0
            || request.Packages.Any(one => one.NormalizedName is null))
        {
            return true;
        }
        var installed = InstalledDistributions.Read(machine.Files, UserSite.Folders(machine, environment));
        return request.Packages.Any(one => installed.Found.ContainsKey(one.NormalizedName!));
    }
}
