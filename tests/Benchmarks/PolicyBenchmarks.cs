using BenchmarkDotNet.Attributes;
using Pep668.Discovery;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;

namespace Pep668.Benchmarks;

/// <summary>Deciding about an install on this machine: everything is read from the disk again each time, as a command
/// does.</summary>
public class PolicyBenchmarks
{
    private readonly Machine _machine = Machine.Current();
    private PipRequest _request = null!;

    /// <summary>Finds a managed environment, and something to install.</summary>
    [GlobalSetup]
    public void Setup()
    {
        PythonEnvironment environment = new EnvironmentCatalog(_machine).All.FirstOrDefault(one => one.IsExternallyManaged)
            ?? throw new InvalidOperationException("Nothing here is externally managed.");
        _ = PipTarget.TryParse("requests>=2", _machine, out PipTarget? target, out _);
        _request = new(PipAction.Install, environment) { Packages = [target!] };
    }

    /// <summary>The refusal with its message and its advice.</summary>
    [Benchmark(Description = "refusal")]
    public string? Refusal() => PipPolicy.Decide(_machine, _request, MarkerLanguage.Verbatim("")).Refusal?.Message;

    /// <summary>The same, by way of a place that leads back.</summary>
    [Benchmark(Description = "refusal of --prefix")]
    public string? Place() => PipPolicy.Decide(_machine, _request with { Arguments = ["--prefix", _request.Environment.Prefix] },
        MarkerLanguage.Verbatim("")).Refusal?.Message;
}
