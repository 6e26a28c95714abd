using System.Security.Cryptography;

namespace Pep668.Tests;

/// <summary>Whether a virtual environment is complete according to its files.</summary>
internal static class VenvCompleteness
{
    /// <summary>Whether a path exists, also as a dangling link.</summary>
    internal static bool Stands(string path) =>
        new DirectoryInfo(path).Exists || new FileInfo(path) is { Exists: true } or { LinkTarget: not null };

    /// <summary>Asserts that every file of the environment exists and is complete.</summary>
    internal static void Check(string folder, bool hasPip = true)
    {
        string? problem = Problem(folder, hasPip);
        Assert.True(problem is null, $"{folder}: {problem}");
    }

    /// <summary>Asserts that its pip agrees.</summary>
    internal static void CheckByRunning(string folder)
    {
        Check(folder);
        Tool.Run(Path.Combine(folder, "bin", "pip"), ["check"]).Checked();
        Assert.StartsWith(folder, Tool.Run(Path.Combine(folder, "bin", "python"), ["-c", "import pip; print(pip.__file__)"])
            .Checked().Output, StringComparison.Ordinal);
    }

    private static string? Problem(string folder, bool hasPip)
    {
        if (!Directory.Exists(folder) || !File.Exists(Path.Combine(folder, "pyvenv.cfg")))
        {
            return "it is not a virtual environment";
        }
        if (!File.Exists(Path.Combine(folder, "bin", "python"))
            || !File.ReadAllText(Path.Combine(folder, "bin", "activate")).Contains(folder, StringComparison.Ordinal))
        {
            return "its interpreter or its activation script is not its own";
        }
        string site = Directory.GetDirectories(Path.Combine(folder, "lib"), "*").Select(lib => Path.Combine(lib, "site-packages")).Single();
        string[] records = [.. Directory.GetDirectories(site, "pip-*.dist-info").Select(info => Path.Combine(info, "RECORD"))];
        if (records.Length != (hasPip ? 1 : 0))
        {
            return $"pip is there {records.Length} times";
        }
        foreach (string[] row in records.SelectMany(File.ReadLines).Select(line => line.Split(',')))
        {
            string path = Path.GetFullPath(row[0], site);
            if (!File.Exists(path))
            {
                return $"{path} is missing";
            }
            if (row[1].Length > 0 && row[1] != "sha256=" +
                Convert.ToBase64String(SHA256.HashData(File.ReadAllBytes(path))).TrimEnd('=').Replace('+', '-').Replace('/', '_'))
            {
                return $"{path} is not what RECORD says";
            }
            // RECORD has no hash of byte-code; its header contains the size of the source.
            if (path.EndsWith(".pyc") && !SourceOf(path).SequenceEqual(File.ReadAllBytes(path).Skip(8).Take(8)))
            {
                return $"{path} is not of its source";
            }
        }
        return null;
    }

    // Modification time and size (PEP 552).
    private static IEnumerable<byte> SourceOf(string compiled)
    {
        var source = new FileInfo(Path.Combine(Path.GetDirectoryName(compiled)!, "..", Path.GetFileName(compiled).Split('.')[0] + ".py"));
        return [.. BitConverter.GetBytes((uint)new DateTimeOffset(source.LastWriteTimeUtc).ToUnixTimeSeconds()),
            .. BitConverter.GetBytes((uint)source.Length)];
    }
}
