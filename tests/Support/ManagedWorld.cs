using Pep668.Environments;
using Pep668.Markers;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;

namespace Pep668.Tests;

/// <summary>A simulated machine with an externally managed Python 3.11 in <c>/usr</c>, its pip 24.2, and requests to
/// it.</summary>
internal sealed class ManagedWorld : IDisposable
{
    internal const string MarkerPath = "/usr/lib/python3.11/EXTERNALLY-MANAGED";
    private const string Marker = "[externally-managed]\nError=Ask your distributor.\n  Twice.\nError-de=Fragen Sie.\n";

    internal World World { get; } =
        new World().Python("/usr", "3.11.2", Marker).Write("/usr/lib/python3.11/site-packages/pip/__init__.py", "__version__ = '24.2'\n");

    public void Dispose() => World.Dispose();

    internal PythonEnvironment Read(string path = "/usr/bin/python3.11") =>
        new EnvironmentReader(World.Machine.Files).Read(path).Environment!;

    /// <summary>A request to install; <c>requests</c> when nothing is named.</summary>
    internal PipRequest Install(params string[] packages) =>
        new(PipAction.Install, Read()) { Packages = [.. packages.DefaultIfEmpty("requests").Select(Target)] };

    internal PipVerdict Decide(PipRequest request) => PipPolicy.Decide(World.Machine, request, MarkerLanguage.Untranslated);

    internal Failure Refusal(PipRequest request) => Decide(request).Refusal!;

    private PipTarget Target(string text) =>
        PipTarget.TryParse(text, World.Machine, out PipTarget? target, out _) ? target : throw new ArgumentException(text, nameof(text));
}
