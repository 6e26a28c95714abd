using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

namespace Pep668.Tests;

/// <summary>Creates environments of one real interpreter in this process.</summary>
internal sealed class VenvMaker
{
    /// <param name="cache">The folder of its cache.</param>
    /// <param name="needs">What the interpreter must have.</param>
    /// <param name="python">The interpreter; null for the newest one.</param>
    internal VenvMaker(string cache, Needs needs = Needs.Venv | Needs.Ensurepip, string? python = null)
    {
        Machine now = Machine.Current();
        Catalog = new(new Machine
        {
            Files = FileTree.Host,
            Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PEP668_CACHE_DIR"] = cache },
            Platform = now.Platform,
            Home = Path.GetDirectoryName(cache),
            UserId = now.UserId,
            CurrentDirectory = now.CurrentDirectory,
        });
        Cache = SeedCache.For(Catalog.Machine);
        Python = Catalog.ReadOne(python ?? Interpreters.Newest(needs).Executable).Environment!;
    }

    internal EnvironmentCatalog Catalog { get; }

    internal SeedCache Cache { get; }

    internal PythonEnvironment Python { get; }

    /// <summary>The folder of its library, and the name of its command: <c>python3.13</c>.</summary>
    internal string Series => "python" + Python.VersionInfo!.ToString(2);

    internal Outcome<VenvResult> Make(string target, Func<VenvRequest, VenvRequest>? with = null, CancellationToken cancellation = default)
    {
        var request = new VenvRequest(target, Python);
        return new VenvBuilder(Catalog, Cache).Create(with is null ? request : with(request), cancellation);
    }
}
