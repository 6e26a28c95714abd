using BenchmarkDotNet.Attributes;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Markers;

namespace Pep668.Benchmarks;

/// <summary>This machine as it is: every call asks the disk again, as a command does.</summary>
public class MachineBenchmarks
{
    private string _interpreter = "";
    private string _marker = "";

    /// <summary>Finds something to ask about.</summary>
    [GlobalSetup]
    public void Setup()
    {
        IReadOnlyList<PythonEnvironment> all = new EnvironmentCatalog(Machine.Current()).All;
        PythonEnvironment asked = all.FirstOrDefault(one => one.IsExternallyManaged) ?? all[0];
        _interpreter = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : asked.Executable;
        _marker = asked.MarkerPath ?? "/nonexistent";
    }

    /// <summary>May pip change it, and what does the distributor say: nothing read before.</summary>
    [Benchmark(Description = "is it managed, and the message")]
    public string? Managed()
    {
        Machine machine = Machine.Current();
        var resolver = new EnvironmentResolver(new EnvironmentCatalog(machine));
        PythonEnvironment found = resolver.AtPath(_interpreter).OrNull()!;
        return EnvironmentMarker.Read(machine.Files, found, MarkerLanguage.Verbatim(""))?.Message;
    }

    /// <summary>Every environment of this machine.</summary>
    [Benchmark(Description = "all environments of this machine")]
    public int All() => new EnvironmentCatalog(Machine.Current()).All.Count;

    /// <summary>One marker file.</summary>
    [Benchmark(Description = "one marker")]
    public string Marker() => MarkerFile.Read(FileTree.Host, _marker, "/usr", MarkerLanguage.Verbatim("")).Message;
}
