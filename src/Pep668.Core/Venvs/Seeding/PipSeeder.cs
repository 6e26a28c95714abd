using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;

namespace Pep668.Venvs.Seeding;

/// <summary>Provides the files of pip for a new environment, from the cache if it has them.</summary>
internal sealed class PipSeeder(FileTree files, SeedCache cache)
{
    /// <summary>What to write for some wheels.</summary>
    /// <returns>The entries, and a warning; null if there is nothing to warn about.</returns>
    /// <exception cref="InvalidDataException">One of them is not a valid wheel.</exception>
    internal (IReadOnlyList<TreeEntry> Entries, Notice? Warning) Entries(
        BundledWheels wheels, VenvLayout layout, PythonEnvironment python, CancellationToken cancellation)
    {
        var entries = new List<TreeEntry>(1200);
        (string Path, byte[] Content)[] contents = [.. wheels.Wheels.Select(path => (path, Read(path)))];
        // pip is the last one: it would install all of them.
        (string installerPath, byte[] installerContent) = contents[^1];
        string installerHash = SeedCache.Hash(installerContent);
        var installer = new Lazy<Wheel>(() => Wheel.Open(Path.GetFileName(installerPath), installerContent));
        // In parallel: each is verified or compiled, which takes one processor most of the time.
        Task<(Seed Seed, Notice? Warning)>[] tasks =
            [.. contents.Select(one => Task.Run(() => Prepared(one.Path, one.Content), cancellation))];
        (Seed Seed, Notice? Warning)[] prepared = Task.WhenAll(tasks).GetAwaiter().GetResult();
        Seed[] seeds = [.. prepared.Select(one => one.Seed)];
        Notice? warning = prepared.Select(one => one.Warning).LastOrDefault(one => one is not null);

        (Seed Seed, Notice? Warning) Prepared(string path, byte[] content)
        {
            string key = SeedCache.Key(content, installerHash, python);
            if (cache.Find(key) is Seed known)
            {
                return (known, null);
            }
            using IDisposable? turn = cache.LockSeed(key, cancellation);
            // Another process may have stored it since.
            if (cache.Find(key) is Seed made)
            {
                return (made, null);
            }
            Wheel wheel = ReferenceEquals(path, installerPath) ? installer.Value : Wheel.Open(Path.GetFileName(path), content);
            (Seed seed, string? problem) = SeedBuilder.Build(wheel, installer.Value, python, cancellation);
            if (problem is null)
            {
                cache.Store(key, seed);
            }
            return (seed, problem is null ? null : SeedMessages.NotCompiled(python, Path.GetFileName(path), problem));
        }

        ReadOnlyMemory<byte>? launcher = layout.Scripts is "Scripts"
            ? Launcher(seeds[^1], python)
            : default(ReadOnlyMemory<byte>?);
        foreach (Seed seed in seeds)
        {
            entries.AddRange(seed.Entries(layout.SitePackages, layout.Scripts, layout.Executable, launcher));
        }
        if (wheels.Shared.Count > 0)
        {
            string share = Path.Combine("share", "python-wheels");
            entries.Add(TreeEntry.Folder("share"));
            entries.Add(TreeEntry.Folder(share));
            entries.AddRange(wheels.Shared.Select(path => TreeEntry.File(Path.Combine(share, Path.GetFileName(path)), Read(path))));
        }
        return (entries, warning);
    }

    private byte[] Read(string path)
    {
        FileContent content = files.Read(path, limit: 64 << 20);
        return content.Bytes ?? throw new InvalidDataException(SeedMessages.Unreadable(path, content.Problem!));
    }

    // The one of distlib, which is bundled with pip (scripts.py, _get_launcher).
    private static ReadOnlyMemory<byte> Launcher(Seed pip, PythonEnvironment python)
    {
        string name = python.Architecture switch { "x86" => "t32.exe", "aarch64" or "arm64" => "t64-arm.exe", _ => "t64.exe" };
        SeedFile found = pip.Files.FirstOrDefault(file => file.Path.EndsWith("/distlib/" + name, StringComparison.Ordinal));
        return found.Path is not null ? found.Content : throw new InvalidDataException(SeedMessages.NoLauncher(name));
    }
}
