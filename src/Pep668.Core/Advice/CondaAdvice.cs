using Pep668.Machines;

namespace Pep668.Advice;

/// <summary>Recommends conda's own command for an environment of conda that pip must not change: one with a marker
/// (conda-pypi), or one that is frozen (CEP 22).</summary>
internal static class CondaAdvice
{
    private static readonly string[] Programs = ["conda", "mamba", "micromamba"];

    /// <summary>The command; nothing for other environments.</summary>
    internal static IEnumerable<AdvisedRoute> Find(Machine machine, InstallIntent intent)
    {
        PythonEnvironment environment = intent.Environment;
        bool isFrozen = machine.Files.IsFile(Path.Combine(environment.Prefix, "conda-meta", "frozen"));
        if (environment.Kind != EnvironmentKind.Conda || environment.Manager == PythonManager.Pixi || !intent.IsPackagesOnly
            || (isFrozen && intent.Removes) || intent.Names.Any(name => name is null))
        {
            yield break;
        }
        string program = Array.Find(Programs, machine.IsOnPath) ?? Programs[0];
        string[] names = [.. intent.Names.OfType<string>()];
        // Most packages of conda have the name of the distribution; some have not.
        yield return isFrozen
            ? new(new Remedy("in a new environment; this one is frozen",
                new ProgramStep([program, "create", "--prefix", "./env", "python", .. names])) { Route = AdviceRoute.CondaPackage },
                AdviceConfidence.Guess)
            : new(new Remedy("conda's package",
                new ProgramStep([program, intent.Removes ? "remove" : "install", "--prefix", environment.Prefix, .. names]))
                {
                    Route = AdviceRoute.CondaPackage,
                }, AdviceConfidence.Guess);
    }
}
