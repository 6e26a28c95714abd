using System.Collections.Concurrent;
using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;
using Pep668.Requirements;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

namespace Pep668.Tests;

/// <summary>A home, a folder of distributions and separate virtual environments, with this machine's real
/// Pythons.</summary>
internal sealed class InstallWorld : IDisposable
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal)
    {
        ["LC_ALL"] = "C.UTF-8",
        ["PEP668_CACHE_DIR"] = SharedSeeds.Cache,
        ["PIP_NO_CACHE_DIR"] = "off",
        ["PIP_RETRIES"] = "0",
        ["UV_CACHE_DIR"] = Path.Combine(SharedSeeds.Cache, "uv"),
        ["UV_HTTP_TIMEOUT"] = "60",
    };

    internal InstallWorld()
    {
        string home = Directory.CreateDirectory(Path.Combine(Folder, "home")).FullName;
        _variables["HOME"] = home;
        _variables["PATH"] = "/usr/bin:/bin" + (Tool.Find("uv") is string uv ? ":" + Path.GetDirectoryName(uv) : "");
        Wheels = new(Path.Combine(Folder, "wheels"));
    }

    internal string Folder { get; } = Directory.CreateTempSubdirectory("pep668-run-").FullName;

    internal WheelHouse Wheels { get; }

    internal Machine Machine => Machine.Current(Folder) with { Variables = _variables, Home = _variables["HOME"], UserId = 1000 };

    internal ConcurrentQueue<PipOutputLine> Lines { get; } = new();

    internal string AllText => string.Join('\n', Lines.Select(line => line.Text));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal InstallWorld Set(string name, string value)
    {
        _variables[name] = value;
        return this;
    }

    internal string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    internal PythonEnvironment Venv(string python, bool withoutPip = false)
    {
        var catalog = new EnvironmentCatalog(Machine);
        PythonEnvironment given = catalog.ReadOne(Interpreters.Need(python, Needs.Venv | Needs.Ensurepip).Executable).Environment!;
        var request = new VenvRequest(Path.Combine(Folder, "venv"), given) { WithoutPip = withoutPip };
        return new VenvBuilder(catalog, SeedCache.For(Machine)).Create(request, default).Value().Environment;
    }

    /// <summary>The externally managed Python of this machine, as it is.</summary>
    internal PythonEnvironment Managed() =>
        new EnvironmentCatalog(Machine).ReadOne(Interpreters.Need("managed", Needs.Pip).Executable).Environment!;

    internal PipTarget Target(string text) =>
        PipTarget.TryParse(text, Machine, out PipTarget? target, out RequirementProblem? problem)
            ? target
            : throw new InvalidOperationException(problem.ToString());

    internal PipRequest Install(PythonEnvironment environment, params string[] packages) => new(PipAction.Install, environment)
    {
        Packages = [.. packages.Select(Target)],
        NoIndex = true,
        FindLinks = [Wheels.Folder],
    };

    internal PipRequest Uninstall(PythonEnvironment environment, params string[] packages) =>
        new(PipAction.Uninstall, environment) { Packages = [.. packages.Select(Target)] };

    internal PipRunOutcome Run(PipRequest request, TimeSpan? patience = null, CancellationToken cancellation = default) =>
        PipRun.Execute(Machine, request, OverrideMeans.Nothing, new Sink(Lines), cancellation, patience);

    /// <summary>Runs a request and returns its results in short form, <c>name: Action previous->version</c>, with
    /// <c>*</c> for what was requested.</summary>
    internal string[] Results(PipRequest request)
    {
        PipRunOutcome outcome = Run(request);
        Assert.True(outcome.Failure is null, outcome.Failure?.Message);
        return Short(outcome);
    }

    internal static string[] Short(PipRunOutcome outcome) =>
        [.. outcome.Results.Select(
            result =>
                $"{result.Name}{(result.Requested ? "*" : "")}: " +
                $"{result.Action} {result.PreviousVersion}->{result.Version}{(result.Changed ? "" : " (same)")}")];

    private sealed class Sink(ConcurrentQueue<PipOutputLine> lines) : IProgress<PipOutputLine>
    {
        public void Report(PipOutputLine value) => lines.Enqueue(value);
    }
}
