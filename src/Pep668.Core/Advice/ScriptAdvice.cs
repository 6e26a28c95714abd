using Pep668.Machines;

namespace Pep668.Advice;

/// <summary>Recommends a script that names its own packages (PEP 723), which <c>uv run</c> installs into an environment
/// of the script.</summary>
internal static class ScriptAdvice
{
    private const string NewScript = "script.py", Ending = ".py";

    /// <summary>The script of the folder if it has one only; else a new one.</summary>
    internal static IEnumerable<AdvisedRoute> Find(Machine machine, InstallIntent intent)
    {
        if (!intent.IsPackagesOnly || !machine.IsOnPath("uv"))
        {
            yield break;
        }
        string[] scripts = [.. machine.Files.List(machine.CurrentDirectory).Select(item => item.Name)
            .Where(name => name.EndsWith(Ending, StringComparison.Ordinal))];
        string script = scripts.Length == 1 ? "./" + scripts[0] : NewScript;
        var change = new ProgramStep(["uv", intent.Removes ? "remove" : "add", "--script", script, .. intent.Packages]);
        var run = new ProgramStep("uv", "run", script);
        if (scripts.Length == 1)
        {
            yield return AdvisedRoute.To(AdviceRoute.ScriptRunner, "the script names its packages (PEP 723)", change, run);
        }
        else if (!intent.Removes && !scripts.Contains(NewScript, StringComparer.Ordinal))
        {
            yield return AdvisedRoute.To(AdviceRoute.ScriptRunner, "a new script that names its packages (PEP 723)",
                new ProgramStep("uv", "init", "--script", script), change, run);
        }
    }
}
