using System.Text.Json;
using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>The version of an installation to its last digit, from files that state it.</summary>
internal static class InterpreterVersion
{
    // Headers may come from another package than the interpreter (python3.11-dev): they count when both were written
    // together.
    private const long Together = 3600;

    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>
    /// In this order: <c>build-details.json</c> (PEP 739), <c>patchlevel.h</c> if it was written with the interpreter,
    /// the text inside the program or its library, any <c>patchlevel.h</c>.
    /// </summary>
    /// <param name="files">Where to look.</param>
    /// <param name="installation">What to look at.</param>
    /// <param name="executable">Its interpreter, links resolved.</param>
    /// <param name="program">That file's header.</param>
    /// <returns>PEP 440 text, such as <c>3.14.0rc1</c>; null if no file contains it.</returns>
    internal static string? Read(FileTree files, Installation installation, string executable, ExecutableFile? program)
    {
        if (BuildDetails(files, Path.Combine(installation.StdLib, "build-details.json")) is string details)
        {
            return details;
        }
        string? macros = Header(files, installation);
        string? stated = macros is null ? null : PatchLevel(files.ReadText(macros));
        if (stated is not null
            && Math.Abs(files.Stat(macros!).Modified - files.Stat(executable).Modified) <= Together)
        {
            return stated;
        }
        var search = new EmbeddedVersion();
        foreach (string series in Series(files, installation, executable, stated))
        {
            if (program is not null && search.Find(files, executable, program, series) is string inside)
            {
                return inside;
            }
            foreach (string library in Libraries(files, installation, executable, series))
            {
                if (ExecutableFile.Read(files, library) is ExecutableFile header
                    && search.Find(files, library, header, series) is string found)
                {
                    return found;
                }
            }
        }
        return stated;
    }

    /// <summary>
    /// What the names of files and folders say where no content does: the record of conda's package
    /// (<c>conda-meta/python-3.12.1-….json</c>), and a prefix that ends in the version, as managers of versions have
    /// it.
    /// </summary>
    /// <param name="files">Where to look.</param>
    /// <param name="prefix">The prefix.</param>
    /// <param name="series">The first two numbers, which the name must have; null for any of Python 2 and 3.</param>
    internal static string? FromNames(FileTree files, string prefix, string? series)
    {
        const string record = "python-";
        foreach (DirectoryItem item in files.List(Path.Combine(prefix, "conda-meta")))
        {
            if (item.Name.StartsWith(record, StringComparison.Ordinal)
                && Stated(item.Name[record.Length..].Split('-')[0]) is string version)
            {
                return version;
            }
        }
        string name = Path.GetFileName(prefix);
        return Stated(name) ?? name.Split('-').Select(Stated).FirstOrDefault(version => version is not null);

        string? Stated(string text) =>
            Numbers(text) is { Build: >= 0, Revision: < 0 } numbers && IsPreRelease(text[numbers.ToString().Length..])
            && (series is null ? numbers.Major is 2 or 3 : string.Equals(numbers.ToString(2), series, StringComparison.Ordinal))
                ? text : null;
    }

    // "" or "rc1"
    private static bool IsPreRelease(string text) =>
        text.Length == 0 || (text.TrimEnd(Digits) is "a" or "b" or "rc" && char.IsAsciiDigit(text[^1]));

    /// <summary>The numbers at the start of a version; null when there are fewer than two.</summary>
    internal static Version? Numbers(string? version)
    {
        int end = 0;
        while (end < version?.Length && (char.IsAsciiDigit(version[end]) || version[end] == '.'))
        {
            end++;
        }
        return Version.TryParse(version?[..end], out Version? numbers) ? numbers : null;
    }

    /// <summary>What virtualenv and uv write (<c>3.14.0.candidate.1</c>) as PEP 440 has it; other texts as they
    /// are.</summary>
    internal static string? FromVersionInfo(string? text) =>
        text?.Split('.') is [var major, var minor, var micro, var level, var serial] ? Text(major, minor, micro, level, serial) : text;

    // PEP 739: language.version_info, or the implementation's own version, which for CPython is the same.
    private static string? BuildDetails(FileTree files, string path)
    {
        if (files.Read(path, limit: 1 << 20).Bytes is not byte[] bytes)
        {
            return null;
        }
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            if (document.RootElement.TryGetProperty("language", out JsonElement language)
                && language.TryGetProperty("version_info", out JsonElement info)
                && info.TryGetProperty("major", out JsonElement major)
                && info.TryGetProperty("minor", out JsonElement minor)
                && info.TryGetProperty("micro", out JsonElement micro)
                && info.TryGetProperty("releaselevel", out JsonElement level)
                && info.TryGetProperty("serial", out JsonElement serial))
            {
                return Text(major.ToString(), minor.ToString(), micro.ToString(), level.ToString(), serial.ToString());
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
        return null;
    }

    private static string Text(string major, string minor, string micro, string level, string serial) =>
        $"{major}.{minor}.{micro}" + level switch
        {
            "alpha" or "0xA" or "PY_RELEASE_LEVEL_ALPHA" => "a" + serial,
            "beta" or "0xB" or "PY_RELEASE_LEVEL_BETA" => "b" + serial,
            "candidate" or "0xC" or "PY_RELEASE_LEVEL_GAMMA" => "rc" + serial,
            _ => "",
        };

    private static string? Header(FileTree files, Installation installation)
    {
        if (installation.IsWindowsLayout)
        {
            string windows = Path.Combine(installation.Prefix, "include", "patchlevel.h");
            return files.IsFile(windows) ? windows : null;
        }
        string folder = Path.Combine(installation.Prefix, "include", Path.GetFileName(installation.StdLib));
        if (installation.Implementation is "PyPy")
        {
            string flat = Path.Combine(installation.Prefix, "include", "patchlevel.h"); // up to 7.3.5
            if (files.IsFile(flat))
            {
                return flat;
            }
        }
        foreach (string flags in (string[])["", "m", "mu"])
        {
            string path = Path.Combine(folder + flags, "patchlevel.h");
            if (files.IsFile(path))
            {
                return path;
            }
        }
        return null;
    }

    // The numbers as macros, of the same names since Python 2.4.
    private static string? PatchLevel(string? text)
    {
        if (text is null)
        {
            return null;
        }
        string? major = Macro(text, "PY_MAJOR_VERSION"), minor = Macro(text, "PY_MINOR_VERSION"), micro = Macro(text, "PY_MICRO_VERSION");
        string? level = Macro(text, "PY_RELEASE_LEVEL"), serial = Macro(text, "PY_RELEASE_SERIAL");
        return major is null || minor is null || micro is null || level is null || serial is null
            ? null
            : Text(major, minor, micro, level, serial);
    }

    private static string? Macro(string text, string name)
    {
        for (int at = 0; (at = text.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at += name.Length)
        {
            ReadOnlySpan<char> rest = text.AsSpan(at + name.Length);
            if (rest is [' ' or '\t', ..])
            {
                rest = rest.TrimStart(" \t");
                int end = rest.IndexOfAny(" \t\r\n");
                string value = (end < 0 ? rest : rest[..end]).ToString();
                if (value.Length > 0 && (char.IsAsciiDigit(value[0]) || value.StartsWith("PY_", StringComparison.Ordinal)))
                {
                    return value;
                }
            }
        }
        return null;
    }

    // The two numbers to look for: from the layout, from the headers, from the name of a Windows library
    // (python312.dll), else what PyPy has had.
    private static IEnumerable<string> Series(FileTree files, Installation installation, string executable, string? stated) =>
        installation.Series is string known ? [known]
        : Numbers(stated) is Version numbers ? [numbers.ToString(2)]
        : installation.Implementation is "PyPy"
            ? Enumerable.Range(5, 20).Select(minor => FormattableString.Invariant($"3.{minor}")).Append("2.7")
        : files.List(Path.GetDirectoryName(executable)!)
            .Select(item => Path.GetFileNameWithoutExtension(item.Name).ToLowerInvariant())
            .Where(name => name.StartsWith("python", StringComparison.Ordinal) && name.Length > "python3".Length
                && name["python".Length..].All(char.IsAsciiDigit))
            .Select(name => name[6] + "." + name[7..]);

    private static IEnumerable<string> Libraries(FileTree files, Installation installation, string executable, string series)
    {
        string folder = Path.GetDirectoryName(executable)!;
        if (installation.IsWindowsLayout)
        {
            string digits = series.Replace(".", "", StringComparison.Ordinal);
            yield return Path.Combine(folder, $"python{digits}{(installation.FreeThreaded ? "t" : "")}.dll");
            yield break;
        }
        // Up to 7.3.5 the library of PyPy has no series in its name.
        string[] stems = installation.Implementation is "PyPy"
            ? [$"libpypy{series}-c", series[0] == '3' ? "libpypy3-c" : "libpypy-c"] : ["libpython" + series];
        string lib = Path.Combine(installation.Prefix, "lib");
        var folders = new List<string> { folder, lib, Path.Combine(installation.Prefix, "lib64") };
        folders.AddRange(files.List(lib).Where(item => item.Name.EndsWith("-linux-gnu", StringComparison.Ordinal))
            .Select(item => Path.Combine(lib, item.Name)));
        foreach (string place in folders)
        {
            foreach (string stem in stems.SelectMany(stem => ((string[])["", "t", "m", "d"]).Select(flags => stem + flags)))
            {
                foreach (string end in (string[])[".so.1.0", ".so", ".dylib", ".dll"])
                {
                    string path = Path.Combine(place, stem + end);
                    if (files.IsFile(path))
                    {
                        yield return path;
                    }
                }
            }
        }
    }
}
