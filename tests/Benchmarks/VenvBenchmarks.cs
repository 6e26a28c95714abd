using System.Globalization;
using BenchmarkDotNet.Attributes;
using Pep668.Tests;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Benchmarks;

/// <summary>Many virtual environments of one base, read from the disk one by one.</summary>
public class VenvBenchmarks
{
    private readonly World _world = new();
    private string[] _folders = [];

    /// <summary>How many.</summary>
    [Params(1_000, 10_000)]
    public int Count { get; set; }

    /// <summary>Makes them.</summary>
    [GlobalSetup]
    public void Setup()
    {
        string prefix = _world.OnDisk("/usr");
        _world.Python("/usr", "3.11.2");
        _folders =
            [.. Enumerable.Range(0, Count).Select(number => number.ToString("'/srv/project'00000'/.venv'", CultureInfo.InvariantCulture))];
        foreach (string folder in _folders)
        {
            _world.Venv(folder, prefix, "3.11.2")
                .Write(folder + "/lib/python3.11/site-packages/pip/__init__.py", "__version__ = \"23.0.1\"\n");
        }
        _folders = [.. _folders.Select(_world.OnDisk)];
    }

    /// <summary>Removes them.</summary>
    [GlobalCleanup]
    public void Cleanup() => _world.Dispose();

    /// <summary>What reads files, and nothing else.</summary>
    [Benchmark(Description = "virtual environments, reader")]
    public int Reader()
    {
        var reader = new EnvironmentReader(FileTree.Host);
        return _folders.Count(folder => reader.Read(folder).Environment is { IsVirtual: true, Health: EnvironmentHealth.Healthy });
    }

    /// <summary>With name, manager and whether it is active, through the resolver.</summary>
    [Benchmark(Description = "virtual environments, resolver")]
    public int Resolver()
    {
        var resolver = new EnvironmentResolver(new EnvironmentCatalog(Machine.Current()));
        return _folders.Count(folder => resolver.AtPath(folder).OrNull() is { IsVirtual: true });
    }

    /// <summary>Found below a folder, as <c>-Recurse</c> does.</summary>
    [Benchmark(Description = "virtual environments, scan")]
    public int Scan() => new EnvironmentCatalog(Machine.Current())
        .Below([_world.OnDisk("/srv")], int.MaxValue, _ => { }, _ => { }, CancellationToken.None).Count(one => one.IsVirtual);
}
