using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

[assembly: AssemblyFixture(typeof(Pep668.Tests.VenvWorld))]

namespace Pep668.Tests;

/// <summary>The shared state of tests that create environments: a folder, the cache of seeds, and one environment of
/// each Python that is only read.</summary>
public sealed class VenvWorld : IDisposable
{
    /// <summary>Every kind of Python of this machine, by its name in <see cref="Interpreters"/>.</summary>
    public static TheoryData<string> Pythons => Interpreters.Each();

    /// <summary>The same for a test that takes long with another implementation.</summary>
    public static TheoryData<string> FastPythons => Interpreters.Each(isSlow: true);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pep668-venvs-");
    private readonly Dictionary<string, PythonEnvironment> _made = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _count;

    internal Machine Machine { get; } = Machine.Current() with
    {
        Variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
            ["PEP668_CACHE_DIR"] = SharedSeeds.Cache,
        },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A path in a new folder where nothing exists.</summary>
    internal string NewPath(string name = "x") =>
        Path.Combine(_folder.CreateSubdirectory(FormattableString.Invariant($"{Interlocked.Increment(ref _count)}")).FullName, name);

    /// <summary>A Python that has <c>venv</c>, and pip for its environments unless they are made without.</summary>
    internal PythonEnvironment Need(string request, Needs needs = Needs.Venv | Needs.Ensurepip) =>
        new EnvironmentCatalog(Machine).Identify(Interpreters.Need(request, needs).Executable).Environment!;

    /// <summary>Creates an environment, as users do.</summary>
    internal PythonEnvironment Make(VenvRequest request)
    {
        Outcome<VenvResult> outcome = new VenvBuilder(new EnvironmentCatalog(Machine), SeedCache.For(Machine))
            .Create(request, TestContext.Current.CancellationToken);
        Assert.Empty(outcome.Notices);
        return outcome.Value().Environment;
    }

    /// <summary>An environment of this Python that tests share and do not change.</summary>
    internal PythonEnvironment Shared(string request, Needs needs = Needs.Venv | Needs.Ensurepip)
    {
        PythonEnvironment python = Need(request, needs);
        lock (_lock)
        {
            return _made.TryGetValue(python.Executable, out PythonEnvironment? made)
                ? made
                : _made[python.Executable] = Make(new(NewPath("shared"), python));
        }
    }

    /// <summary>Variables that keep a run of pip to what is here. To pip 18.1, and only to it, <c>off</c> says that
    /// there is to be no cache; to later ones every value does.</summary>
    internal static Dictionary<string, string> Quiet => new(StringComparer.Ordinal)
    {
        ["PIP_CONFIG_FILE"] = "/dev/null", ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1", ["PIP_NO_INDEX"] = "1", ["PIP_NO_CACHE_DIR"] = "off",
        ["LC_ALL"] = "C.UTF-8",
    };
}
