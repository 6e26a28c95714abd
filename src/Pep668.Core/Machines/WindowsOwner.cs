using System.Security.AccessControl;
using System.Security.Principal;

namespace Pep668.Machines;

/// <summary>Who owns a file on Windows.</summary>
internal static class WindowsOwner
{
    /// <summary>Whether a file belongs to the user, Administrators or SYSTEM. Inherited write entries are not
    /// considered.</summary>
    internal static bool IsTrusted(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            return true; // a machine that a test describes
        }
        try
        {
            FileSystemSecurity security = Directory.Exists(path)
                ? new DirectoryInfo(path).GetAccessControl(AccessControlSections.Owner)
                : new FileInfo(path).GetAccessControl(AccessControlSections.Owner);
            using WindowsIdentity user = WindowsIdentity.GetCurrent();
            return security.GetOwner(typeof(SecurityIdentifier)) is SecurityIdentifier owner
                && (owner == user.User || owner == user.Owner || owner.IsWellKnown(WellKnownSidType.BuiltinAdministratorsSid)
                    || owner.IsWellKnown(WellKnownSidType.LocalSystemSid));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SystemException)
        {
            return false;
        }
    }
}
