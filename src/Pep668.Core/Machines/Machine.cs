using System.Collections;
using System.Runtime.InteropServices;

namespace Pep668.Machines;

/// <summary>The families of machine whose layouts differ.</summary>
internal enum Platform
{
    /// <summary>Linux and every other POSIX system that is not macOS.</summary>
    Linux,

    /// <summary>macOS.</summary>
    MacOS,

    /// <summary>Windows.</summary>
    Windows,
}

/// <summary>
/// The outside world as one value: files, environment variables, who the user is. Services take it as an argument and
/// ask nothing else, so that a root, or a test, can put another world under them.
/// </summary>
internal sealed record Machine
{
    /// <summary>The files, perhaps below a root.</summary>
    public required FileTree Files { get; init; }

    /// <summary>Environment variables; a root has none of the host's.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Which family of layouts to expect.</summary>
    public required Platform Platform { get; init; }

    /// <summary>What its processor is (<c>x86_64</c>, <c>aarch64</c>, …); null where that is not known, as below a
    /// root.</summary>
    public string? Architecture { get; init; }

    /// <summary>The Windows registry; empty everywhere else.</summary>
    public RegistryTree Registry { get; init; } = RegistryTree.Empty;

    /// <summary>The user's home folder, or null.</summary>
    public string? Home { get; init; }

    /// <summary>The user's id; 0 is root. Not used on Windows.</summary>
    public uint UserId { get; init; }

    /// <summary>Where relative paths start and where <c>.venv</c> and <c>.python-version</c> are looked for,
    /// upward.</summary>
    public required string CurrentDirectory { get; init; }

    /// <summary>Whether <see cref="CurrentDirectory"/> exists: a process may be in a folder that was deleted.</summary>
    public bool HasCurrentDirectory { get; init; } = true;

    /// <summary>Whether it is an image below a root: no session, no user, and no program of it is run.</summary>
    internal bool IsImage => Files.Root is not null && Home is null;

    /// <summary>Whether this user has to become root to remove files, or folders with everything in them.</summary>
    /// <param name="paths">The files and folders.</param>
    internal bool NeedsRoot(IEnumerable<string> paths) => UserId != 0 && Platform != Platform.Windows && paths.Any(path =>
        !Files.MayWrite(Path.GetDirectoryName(path) ?? path, UserId)
        || (Files.LinkStat(path).Kind == FileKind.Directory && !Files.MayWrite(path, UserId)));

    /// <summary>An environment variable's value; null when unset or empty.</summary>
    public string? Variable(string name) =>
        Variables.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>The folders on PATH, in order, absolute, each once; without a PATH (a root has none) those that every
    /// system has.</summary>
    public IReadOnlyList<string> SearchPath()
    {
        var folders = new List<string>();
        string path =
            Variable("PATH") ?? (Platform == Platform.Windows ? "" : "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        foreach (string entry in path.Split(Platform == Platform.Windows ? ';' : ':'))
        {
            // Python itself, and every shell, takes an empty entry as the current directory: nothing to trust, so it is
            // ignored.
            string folder = entry.Trim('"');
            if (!Path.IsPathRooted(folder))
            {
                continue;
            }
            folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
            if (!folders.Contains(folder, StringComparer.Ordinal))
            {
                folders.Add(folder);
            }
        }
        return folders;
    }

    /// <summary>Whether a folder on PATH has a program.</summary>
    /// <param name="program">Its name, without an ending.</param>
    internal bool IsOnPath(string program)
    {
        string file = Platform == Platform.Windows ? program + ".exe" : program;
        return SearchPath().Any(folder => Files.IsExecutable(Path.Combine(folder, file)));
    }

    /// <summary>Whether it runs programs of an architecture: its own, an older one of its family, or through an
    /// emulator that the kernel was told of.</summary>
    public bool Runs(string? architecture) => (Architecture, architecture) switch
    {
        (null, _) or (_, null) or (_, "universal2") => true,
        ("x86_64", "x86") or ("aarch64", "arm") or ("arm64", "x86_64") => true,
        ("aarch64", "x86_64" or "x86") when Platform == Platform.Windows => true,
        _ => string.Equals(Architecture, architecture, StringComparison.Ordinal)
            || Files.IsFile("/proc/sys/fs/binfmt_misc/qemu-" + (architecture is "x86" ? "i386" : architecture)),
    };

    /// <summary>The home folders to look into: the user's own; below a root, all of them.</summary>
    public IEnumerable<string> Homes() =>
        Home is not null ? [Home]
        : Files.Root is not null ? Files.List("/home").Select(item => "/home/" + item.Name).Prepend("/root")
        : [];

    /// <summary>The folders upward from <see cref="CurrentDirectory"/>, the nearest first.</summary>
    public IEnumerable<string> Upward() => HasCurrentDirectory ? Upward(CurrentDirectory) : [];

    /// <summary>A folder and those above it, the nearest first.</summary>
    /// <param name="folder">An absolute path; it need not exist.</param>
    public static IEnumerable<string> Upward(string folder)
    {
        for (string? at = PathText.IsPossible(folder) ? folder : null; at is not null; at = Path.GetDirectoryName(at))
        {
            yield return at;
        }
    }

    /// <summary>A path made absolute: <c>~</c> is the home folder, and relative paths start at
    /// <see cref="CurrentDirectory"/>.</summary>
    /// <exception cref="CurrentFolderException">A relative path has no start.</exception>
    public string Absolute(string path) =>
        path.StartsWith('~') && (path.Length == 1 || path[1] is '/' or '\\') && Home is not null
            ? PathText.Absolute(Home + path[1..], Home)
            : FromHere(path);

    /// <summary>The same without a home folder.</summary>
    /// <exception cref="CurrentFolderException">A relative path has no start.</exception>
    public string FromHere(string path) =>
        HasCurrentDirectory || Path.IsPathFullyQualified(path)
            ? PathText.Absolute(path, CurrentDirectory)
            : throw new CurrentFolderException(path);

    /// <summary>A folder that stands for <c>/</c>: a container image, a chroot, a WSL distribution. Nothing of the host
    /// is used.</summary>
    /// <param name="folder">An existing folder, as an absolute path of the host.</param>
    public static Machine Under(string folder) => new()
    {
        Files = FileTree.Under(folder),
        Variables = new Dictionary<string, string>(StringComparer.Ordinal),
        Platform = Platform.Linux,
        UserId = NativeFile.UserId(),
        CurrentDirectory = "/",
    };

    /// <summary>This machine, with this process's variables.</summary>
    /// <param name="currentDirectory">The session's location; null for the process's own.</param>
    public static Machine Current(string? currentDirectory = null)
    {
        StringComparer names = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var variables = new Dictionary<string, string>(names);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }
        string? here = currentDirectory ?? ProcessDirectory();
        // HOME as a shell uses it, whether that folder exists or not.
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return new Machine
        {
            Files = FileTree.Host,
            Variables = variables,
            Platform = OperatingSystem.IsWindows() ? Platform.Windows : OperatingSystem.IsMacOS() ? Platform.MacOS : Platform.Linux,
            Home = home.Length == 0 ? null : home,
            UserId = NativeFile.UserId(),
            Registry = RegistryTree.Host,
            Architecture = RuntimeInformation.OSArchitecture switch
            {
                System.Runtime.InteropServices.Architecture.X64 => "x86_64",
                System.Runtime.InteropServices.Architecture.X86 => "x86",
                System.Runtime.InteropServices.Architecture.Arm64 => OperatingSystem.IsMacOS() ? "arm64" : "aarch64",
                System.Runtime.InteropServices.Architecture.Arm => "arm",
                System.Runtime.InteropServices.Architecture.S390x => "s390x",
                System.Runtime.InteropServices.Architecture.Ppc64le => "ppc64le",
                _ => null,
            },
            CurrentDirectory = here ?? Path.DirectorySeparatorChar.ToString(),
            HasCurrentDirectory = here is not null,
        };
    }

    private static string? ProcessDirectory()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            return null;
        }
    }
}

/// <summary>A relative path cannot be used, since the current folder was deleted.</summary>
/// <param name="path">The path.</param>
internal sealed class CurrentFolderException(string path) : IOException($"The current folder of the relative path '{path}' was deleted.")
{
    /// <summary>The path.</summary>
    internal string Path => path;
}
