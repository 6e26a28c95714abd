using Pep668.Text;

namespace Pep668.Requirements;

/// <summary>What a file name tells pip (<c>pip/_internal/utils/filetypes.py</c>,
/// <c>pip/_internal/models/wheel.py</c>).</summary>
internal static class ArchiveName
{
    private static readonly string[] Extensions =
        [".zip", ".whl", ".tar.bz2", ".tbz", ".tar.gz", ".tgz", ".tar", ".tar.xz", ".txz", ".tlz", ".tar.lz", ".tar.lzma"];

    /// <summary>Whether the ending is that of a wheel or a source archive.</summary>
    internal static bool IsArchive(string name) => Extensions.Contains(Extension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether pip takes it for a wheel; only in lower case.</summary>
    internal static bool IsWheel(string name) => string.Equals(Extension(name), ".whl", StringComparison.Ordinal);

    /// <summary>The name and version that a wheel's file name tells, as a requirement (PEP 427, "File name
    /// convention"); null for a wrong one.</summary>
    internal static Requirement? ReadWheel(string name)
    {
        string[] parts = name[..^".whl".Length].Split('-');
        bool isBuild = parts.Length == 6 && parts[2] is [>= '0' and <= '9', ..];
        if (parts.Length != 5 && !isBuild)
        {
            return null;
        }
        for (int i = 0; i < parts.Length; i++)
        {
            if ((parts[i].Length == 0 && i != 1) || (!(isBuild && i == 2) && parts[i].Any(PythonText.IsSpace)))
            {
                return null;
            }
        }
        string text = parts[0].Replace('_', '-') + "==" + parts[1].Replace('_', '-');
        return Requirement.TryParse(text, out Requirement? requirement, out _) ? requirement : null;
    }

    // os.path.splitext(), and .tar as a part of the ending.
    private static string Extension(string name)
    {
        int start = name.LastIndexOf('/') + 1;
        int dot = name.LastIndexOf('.');
        if (dot < start || name.AsSpan(start, dot - start).TrimStart('.').IsEmpty)
        {
            return "";
        }
        return name.AsSpan(0, dot).EndsWith(".tar", StringComparison.OrdinalIgnoreCase) ? name[(dot - 4)..] : name[dot..];
    }
}
