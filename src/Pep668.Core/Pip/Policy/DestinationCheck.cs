using Pep668.Environments;
using Pep668.Machines;

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
        : null;

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
        // What goes to setup.py lifts no check.
        return rules.Places.All(one => one.Bypass == PolicyBypass.SetupOption) ? Covered() : null;
    }
}
