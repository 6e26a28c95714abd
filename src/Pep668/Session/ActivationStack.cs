using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Pep668.Machines;
using Pep668.Venvs.Activation;

namespace Pep668.PowerShell.Session;

/// <summary>
/// The environments that a session has entered, the last on top. They belong to the runspace, as its functions do; the
/// variables they change belong to the process, and so to all of its runspaces.
/// </summary>
internal sealed class ActivationStack
{
    private const string DeactivateName = "deactivate";

    private static readonly ConditionalWeakTable<Runspace, ActivationStack> Sessions = [];

    private readonly Stack<ActivatedEnvironment> _entered = new();

    /// <summary>The environments of the current runspace.</summary>
    internal static ActivationStack OfThisSession => Sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The last one; null if none was entered.</summary>
    internal ActivatedEnvironment? Top => _entered.TryPeek(out ActivatedEnvironment? top) ? top : null;

    /// <summary>Activates an environment.</summary>
    /// <param name="activation">What it changes.</param>
    /// <param name="functions">The session's functions.</param>
    /// <returns>Whether the prompt shows it, or need not.</returns>
    internal bool Enter(VenvActivation activation, GlobalFunctions functions)
    {
        ScriptBlock? present = functions.Find(SessionPrompt.Name);
        ScriptBlock? inside = Top is { Prompt: not null } below && ReferenceEquals(below.Prompt, present) ? below.PromptInside
            : SessionPrompt.BelowScript(functions, present);
        ScriptBlock? prompt = activation.PromptPrefix is string prefix ? SessionPrompt.Wrap(prefix, inside) : null;
        bool shown = prompt is null || functions.Set(SessionPrompt.Name, prompt);

        ScriptBlock? deactivate =
            functions.Find(DeactivateName) is null ? ScriptBlock.Create("[CmdletBinding()] param()\nPep668\\Exit-PythonVenv") : null;
        if (deactivate is not null && !functions.Set(DeactivateName, deactivate))
        {
            deactivate = null;
        }
        Apply(activation.Changes);
        _entered.Push(new(activation)
        {
            Prompt = shown ? prompt : null,
            PromptBefore = present,
            PromptInside = inside,
            Deactivate = deactivate,
            DeactivateNow = deactivate ?? functions.Find(DeactivateName),
        });
        return shown;
    }

    /// <summary>Deactivates the last one.</summary>
    /// <param name="machine">The machine with its present variables.</param>
    /// <param name="functions">The session's functions.</param>
    internal ActivatedEnvironment Exit(Machine machine, GlobalFunctions functions)
    {
        ActivatedEnvironment entered = _entered.Pop();
        bool gone = entered.Activation.IsGone(machine);
        if (!gone)
        {
            Apply(entered.Activation.Undo(machine));
        }
        // If another program has deactivated it, the ones below it may be deactivated too: then the prompt without any
        // name is restored.
        bool promptStays = entered.Prompt is not null && ReferenceEquals(functions.Find(SessionPrompt.Name), entered.Prompt)
            && !functions.Set(SessionPrompt.Name, gone ? entered.PromptInside : entered.PromptBefore);
        // PowerShell stores an advanced function as a different script block.
        if (entered.Deactivate is not null && IsSame(functions.Find(DeactivateName), entered.Deactivate))
        {
            functions.Set(DeactivateName, null);
        }
        return entered with { PromptStays = promptStays };
    }

    /// <summary>Whether an environment was entered and is active or suspended.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="machine">The machine with its present variables.</param>
    // Only those at the top can be seen to be deactivated by another program: a suspended one is in no variable.
    internal bool Contains(string folder, Machine machine) =>
        _entered.SkipWhile(one => one.Activation.IsGone(machine)).Any(one => IsOf(one, folder));

    /// <summary>Deactivates an environment that was removed, also a suspended one. Those that were entered after it are
    /// entered again.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="machine">The machine with its present variables.</param>
    /// <param name="functions">The session's functions.</param>
    /// <param name="read">Reads the environment of a folder.</param>
    /// <returns>Those that were deactivated and not entered again.</returns>
    internal IReadOnlyList<ActivatedEnvironment> ExitRemoved(
        string folder, Func<Machine> machine, GlobalFunctions functions, Func<string, PythonEnvironment?> read)
    {
        var exited = new List<ActivatedEnvironment>();
        var again = new Stack<PythonEnvironment>();
        while (_entered.Any(one => IsOf(one, folder)))
        {
            ActivatedEnvironment one = Exit(machine(), functions);
            if (!IsOf(one, folder) && read(one.Activation.Folder) is PythonEnvironment above)
            {
                again.Push(above);
            }
            else
            {
                exited.Add(one);
            }
        }
        while (again.TryPop(out PythonEnvironment? above))
        {
            Enter(VenvActivation.For(above, machine()), functions);
        }
        return exited;
    }

    /// <summary>Removes those at the top that another program has deactivated.</summary>
    /// <returns>The removed ones.</returns>
    internal IReadOnlyList<ActivatedEnvironment> ForgetGone(Func<Machine> machine, GlobalFunctions functions)
    {
        var gone = new List<ActivatedEnvironment>();
        while (Top is ActivatedEnvironment top && top.Activation.IsGone(machine()))
        {
            gone.Add(Exit(machine(), functions));
        }
        return gone;
    }

    /// <summary>Whether an activation script has run since the last one was entered and has not been undone: it
    /// restores the PATH that it has saved.</summary>
    internal bool IsCoveredByScript(Machine machine, GlobalFunctions functions) =>
        Top is ActivatedEnvironment top && machine.Variable("VIRTUAL_ENV") is not null
        && functions.Find(DeactivateName) is ScriptBlock present && !IsSame(present, top.DeactivateNow)
        && present.ToString().Contains("_OLD_VIRTUAL_PATH", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the session has a <c>deactivate</c> of another program.</summary>
    internal static bool HasDeactivate(GlobalFunctions functions) => functions.Find(DeactivateName) is not null;

    private static bool IsOf(ActivatedEnvironment entered, string folder) =>
        string.Equals(entered.Activation.Folder, folder, StringComparison.Ordinal);

    private static bool IsSame(ScriptBlock? present, ScriptBlock? other) =>
        ReferenceEquals(present, other)
            || (present is not null && other is not null && string.Equals(present.ToString(), other.ToString(), StringComparison.Ordinal));

    private static void Apply(IReadOnlyList<VariableChange> changes)
    {
        foreach (VariableChange change in changes)
        {
            Environment.SetEnvironmentVariable(change.Name, change.Value);
        }
    }
}
