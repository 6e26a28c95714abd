using System.Runtime.Versioning;
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
            return security.GetOwner(typeof(SecurityIdentifier)) is SecurityIdentifier owner && IsTrusted(owner);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SystemException)
        {
            return false;
        }
    }

    /// <summary>The owner in a security descriptor; null for the user, Administrators or SYSTEM.</summary>
    internal static string? OtherOwner(byte[] descriptor) =>
        !OperatingSystem.IsWindows() || new RawSecurityDescriptor(descriptor, 0).Owner is not SecurityIdentifier owner ? "unknown"
        : IsTrusted(owner) ? null : owner.Value;

    [SupportedOSPlatform("windows")]
    private static bool IsTrusted(SecurityIdentifier owner)
    {
        using WindowsIdentity user = WindowsIdentity.GetCurrent();
        return owner == user.User || owner == user.Owner || owner.IsWellKnown(WellKnownSidType.BuiltinAdministratorsSid)
            || owner.IsWellKnown(WellKnownSidType.LocalSystemSid);
    }
}
