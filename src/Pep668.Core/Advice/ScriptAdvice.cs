using Pep668.Machines;

namespace Pep668.Advice;

/// <summary>Recommends a script that names its own packages (PEP 723), which <c>uv run</c> installs into an environment
/// of the script. pipx gets uv where it is missing: <c>pipx run</c> itself reads such a script since pipx 1.4.2 only,
/// and writes none.</summary>
internal static class ScriptAdvice
{
    private const string NewScript = "script.py", Ending = ".py";

    /// <summary>The script of the folder if it has one only; else a new one.</summary>
    internal static IEnumerable<AdvisedRoute> Find(Machine machine, InstallIntent intent)
    {
        string[]? uv = machine.IsOnPath("uv") ? ["uv"] : machine.IsOnPath("pipx") ? ["pipx", "run", "uv"] : null;
        if (!intent.IsPackagesOnly || uv is null)
        {
            yield break;
        }
        string end = uv.Length == 1 ? "" : "; pipx gets uv";
        string[] scripts = [.. machine.Files.List(machine.CurrentDirectory).Select(item => item.Name)
            .Where(name => name.EndsWith(Ending, StringComparison.Ordinal))];
        string script = scripts.Length == 1 ? "./" + scripts[0] : NewScript;
        var change = new ProgramStep([.. uv, intent.Removes ? "remove" : "add", "--script", script, .. intent.Packages]);
        var run = new ProgramStep([.. uv, "run", script]);
        if (scripts.Length == 1)
        {
            yield return AdvisedRoute.To(AdviceRoute.ScriptRunner, "the script names its packages (PEP 723)" + end, change, run);
        }
        else if (!intent.Removes && !scripts.Contains(NewScript, StringComparer.Ordinal))
        {
            yield return AdvisedRoute.To(AdviceRoute.ScriptRunner, "a new script that names its packages (PEP 723)" + end,
                new ProgramStep([.. uv, "init", "--script", script]), change, run);
        }
    }
}
