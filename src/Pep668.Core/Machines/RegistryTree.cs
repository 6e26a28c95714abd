using System.Security;
using Microsoft.Win32;

namespace Pep668.Machines;

/// <summary>The one door to the Windows registry: keys by their whole path, such as
/// <c>HKEY_CURRENT_USER\Software\Python</c>.</summary>
/// <remarks>No member throws for what is in it or missing.</remarks>
internal abstract class RegistryTree
{
    /// <summary>A registry without keys.</summary>
    public static RegistryTree Empty { get; } = new NoRegistry();

    /// <summary>This machine's registry; empty where there is not one.</summary>
    public static RegistryTree Host => OperatingSystem.IsWindows() ? new WindowsRegistry() : Empty;

    /// <summary>The names of a key's subkeys; none when it is not there.</summary>
    /// <param name="key">The whole path of the key.</param>
    /// <param name="wide">Whether the 64-bit view is read, else the 32-bit one; for <c>HKEY_CURRENT_USER</c> they are
    /// the same.</param>
    public abstract IReadOnlyList<string> SubKeys(string key, bool wide);

    /// <summary>A value as text; null when it is not there.</summary>
    /// <param name="key">The whole path of the key.</param>
    /// <param name="name">The value's name; empty for the default value.</param>
    /// <param name="wide">As for <see cref="SubKeys"/>.</param>
    public abstract string? Value(string key, string name, bool wide);

    private sealed class NoRegistry : RegistryTree
    {
        public override IReadOnlyList<string> SubKeys(string key, bool wide) => [];

        public override string? Value(string key, string name, bool wide) => null;
    }

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private sealed class WindowsRegistry : RegistryTree
    {
        public override IReadOnlyList<string> SubKeys(string key, bool wide)
        {
            using RegistryKey? opened = Open(key, wide);
            return opened?.GetSubKeyNames() ?? [];
        }

        public override string? Value(string key, string name, bool wide)
        {
            using RegistryKey? opened = Open(key, wide);
            return opened?.GetValue(name)?.ToString();
        }

        private static RegistryKey? Open(string key, bool wide)
        {
            int end = key.IndexOf('\\', StringComparison.Ordinal);
            RegistryHive hive = key[..end] is "HKEY_LOCAL_MACHINE" ? RegistryHive.LocalMachine : RegistryHive.CurrentUser;
            try
            {
                using RegistryKey root = RegistryKey.OpenBaseKey(hive, wide ? RegistryView.Registry64 : RegistryView.Registry32);
                return root.OpenSubKey(key[(end + 1)..]);
            }
            catch (Exception error) when (error is SecurityException or IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
