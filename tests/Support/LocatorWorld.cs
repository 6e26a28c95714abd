using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests;

/// <summary>Shared members of the locator tests: machines of other platforms, and the assertion that an environment is
/// equal from each of its paths.</summary>
internal static class LocatorWorld
{
    /// <summary>macOS, with the same folder as <c>/</c>.</summary>
    internal static EnvironmentCatalog OnMac(this World world) => new(world.Machine with { Platform = Platform.MacOS });

    internal static EnvironmentCatalog OnLinux(this World world) => new(world.Machine);

    /// <summary>Windows, its drive C at <c>/mnt/c</c> and the user's profile at <c>/mnt/c/Users/user</c>.</summary>
    internal static EnvironmentCatalog OnWindows(this World world, FakeRegistry? registry = null) => new(world.Windows(registry));

    internal static Machine Windows(this World world, FakeRegistry? registry = null)
    {
        Dictionary<string, string> variables = new(world.Machine.Variables, StringComparer.OrdinalIgnoreCase)
        {
            ["SystemDrive"] = "/mnt/c",
            ["LOCALAPPDATA"] = "/mnt/c/Users/user/AppData/Local",
            ["APPDATA"] = "/mnt/c/Users/user/AppData/Roaming",
        };
        if (variables["PATH"].Contains(':'))
        {
            variables["PATH"] = "";
        }
        return world.Machine with
        {
            Platform = Platform.Windows,
            Home = "/mnt/c/Users/user",
            Variables = variables,
            Registry = registry ?? new FakeRegistry(),
        };
    }

    /// <summary>Reads an environment; the test fails with the reason where it is not read.</summary>
    internal static PythonEnvironment Read(this World world, string path)
    {
        EnvironmentReading reading = new EnvironmentReader(world.Machine.Files).Read(path);
        Assert.True(reading.Environment is not null, $"{path}: {reading.Reason}");
        return reading.Environment!;
    }

    /// <summary>A Python laid out as on Windows.</summary>
    internal static World WindowsPython(this World world, string prefix, string version)
    {
        string digits = string.Concat(version.Split('.')[..2]);
        return world.Write($"{prefix}/python.exe", Portable(), executable: true).Write($"{prefix}/python{digits}.dll", Portable(version))
            .Write($"{prefix}/Lib/os.py", "");
    }

    /// <summary>A 64-bit PE header for x86-64, then a version as Python's own library has it.</summary>
    internal static byte[] Portable(string version = "") => Portable(0x8664, version);

    /// <summary>A 64-bit PE header for a machine type, then a version as Python's own library has it.</summary>
    internal static byte[] Portable(ushort machine, string version = "")
    {
        byte[] bytes = new byte[512];
        "MZ"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(60), 128);
        "PE\0\0"u8.CopyTo(bytes.AsSpan(128));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(132), machine);
        Encoding.ASCII.GetBytes(version, bytes.AsSpan(200));
        return bytes;
    }

    /// <summary>Its executable, each alias and the folder identify the same record.</summary>
    internal static void AssertSameFromEachPath(this EnvironmentCatalog catalog, PythonEnvironment environment, params string[] more)
    {
        foreach (string path in environment.Aliases.Append(environment.Executable).Append(environment.Prefix).Concat(more))
        {
            PythonEnvironment? again = catalog.Identify(path).Environment;
            Assert.True(again is not null, path);
            Assert.Equal(Text(environment), Text(again!));
        }
    }

    private static string Text(PythonEnvironment environment) => JsonSerializer.Serialize(environment with { FoundBy = [] });
}

/// <summary>A registry with the values that a test sets.</summary>
internal sealed class FakeRegistry : RegistryTree
{
    private readonly Dictionary<(string Key, bool Wide), Dictionary<string, string>> _keys = [];

    internal FakeRegistry Set(string key, string name, string value, bool wide = true)
    {
        if (!_keys.TryGetValue((key, wide), out Dictionary<string, string>? values))
        {
            _keys[(key, wide)] = values = new(StringComparer.OrdinalIgnoreCase);
        }
        values[name] = value;
        return this;
    }

    public override IReadOnlyList<string> SubKeys(string key, bool wide) =>
        [.. _keys.Keys.Where(one => one.Wide == wide && one.Key.StartsWith(key + '\\', StringComparison.OrdinalIgnoreCase))
            .Select(one => one.Key[(key.Length + 1)..].Split('\\')[0]).Distinct(StringComparer.OrdinalIgnoreCase)];

    public override string? Value(string key, string name, bool wide) =>
        _keys.FirstOrDefault(one =>
            one.Key.Wide == wide && string.Equals(one.Key.Key, key, StringComparison.OrdinalIgnoreCase)).Value?.GetValueOrDefault(name);
}
