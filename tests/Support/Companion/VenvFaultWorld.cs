using System.Diagnostics;

namespace Pep668.Tests;

/// <summary>The companion that creates virtual environments of one real interpreter, with a separate cache.</summary>
internal sealed class VenvFaultWorld : IDisposable
{
    private readonly List<string> _mounts = [];

    /// <param name="small">The interpreter, where pip is not run; null for the newest one.</param>
    internal VenvFaultWorld(SmallPython? small = null)
    {
        Interpreter python = Interpreters.Newest(Needs.Venv | Needs.Ensurepip);
        Python = small?.Executable ?? python.Executable;
        SeedCount = python.Version < new Version(3, 12) ? 2 : 1;
        Companion.World.CreateFolder("/home/user/envs");
        Folder = Companion.At("/home/user/envs");
        Companion.Set("PEP668_CACHE_DIR", Cache = Companion.At("/home/user/cache"));
    }

    private static readonly Lazy<string[]> Made = new(() =>
    {
        var maker = new VenvMaker(SharedSeeds.Cache);
        Assert.Null(maker.Make(Path.Combine(SharedSeeds.Cache, "first")).Failure);
        return Directory.GetFiles(Path.Combine(SharedSeeds.Cache, "seeds"), "*.seed");
    });

    /// <summary>Puts the seeds of the interpreter into the cache, as an earlier creation of an environment
    /// does.</summary>
    internal VenvFaultWorld WithSeeds()
    {
        Directory.CreateDirectory(Cache);
        Directory.CreateDirectory(Seeds, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (string seed in Made.Value)
        {
            File.Copy(seed, Path.Combine(Seeds, Path.GetFileName(seed)));
        }
        return this;
    }

    internal Companion Companion { get; } = new();

    internal string Python { get; }

    /// <summary>How many wheels it bundles: before 3.12 there is one of setuptools beside pip's.</summary>
    internal int SeedCount { get; }

    /// <summary>The path of the environment.</summary>
    internal string Folder { get; }

    internal string Cache { get; }

    internal string Seeds => Path.Combine(Cache, "seeds");

    internal string Target => Path.Combine(Folder, "env");

    public void Dispose()
    {
        foreach (string mount in _mounts)
        {
            Tool.Run("umount", ["-l", mount]);
        }
        Companion.Dispose();
    }

    internal string[] Arguments(string target, params string[] more) => ["venv", target, "--python", Python, .. more];

    internal CompanionResult Make(string target, params string[] more) => Companion.RunHere(Arguments(target, more));

    /// <summary>Starts it in a process, which can be killed.</summary>
    internal Process Start(string target, params string[] more) => Companion.Start([.. Companion.Command, .. Arguments(target, more)]);

    /// <summary>The files that remain beside the targets.</summary>
    internal string[] Leftovers(string? folder = null) => Directory.GetFileSystemEntries(folder ?? Folder, ".pep668-*");

    /// <summary>A small file system; the test is skipped where that needs more rights.</summary>
    internal string Mount(string path, string options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a small file system takes root");
        Directory.CreateDirectory(path);
        Tool.Result result = Tool.Run("mount", ["-t", "tmpfs", "-o", options, "tmpfs", path]);
        Assert.SkipUnless(result.ExitCode == 0, "no file system can be mounted here: " + result.Error);
        _mounts.Add(path);
        return path;
    }

    internal static void Remount(string path, string options) => Tool.Run("mount", ["-o", "remount," + options, path]).Checked();
}
