using Pep668.Machines;

namespace Pep668.Venvs.Activation;

/// <summary>
/// The activation of a virtual environment as data: what the <c>Activate.ps1</c> of Python's own <c>venv</c>
/// (Lib/venv/scripts/common) changes, also for environments without that script, and how to undo it.
/// </summary>
/// <remarks>
/// As with that script, an active environment is suspended: its folder is removed from PATH, so that no <c>pip</c> of
/// it is found if the new one has no pip. It is active again when this one is undone. <c>VIRTUAL_ENV_PROMPT</c> is
/// always set, as 3.13 does; 3.10 to 3.12 set it only if they change the prompt, 3.8 and 3.9 never. The script's
/// variables for the old values (<c>_OLD_VIRTUAL_PATH</c>) are not used.
/// </remarks>
internal sealed record VenvActivation
{
    private const string FolderVariable = "VIRTUAL_ENV";
    private const string PromptVariable = "VIRTUAL_ENV_PROMPT";
    private const string HomeVariable = "PYTHONHOME";
    private const string DisablePromptVariable = "VIRTUAL_ENV_DISABLE_PROMPT";

    private VenvActivation()
    {
    }

    /// <summary>The environment's folder: the value of <c>VIRTUAL_ENV</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>Its folder of commands, first on PATH.</summary>
    public required string Scripts { get; init; }

    /// <summary>Its name, the value of <c>VIRTUAL_ENV_PROMPT</c>: <c>prompt</c> of its <c>pyvenv.cfg</c> without
    /// quotes, else its folder's name.</summary>
    public required string Prompt { get; init; }

    /// <summary>What is in front of the shell's prompt; null if <c>VIRTUAL_ENV_DISABLE_PROMPT</c> is
    /// set.</summary>
    public string? PromptPrefix { get; private init; }

    /// <summary>The new values of variables.</summary>
    public IReadOnlyList<VariableChange> Changes { get; private init; } = [];

    /// <summary>The values of those variables before.</summary>
    public IReadOnlyList<VariableChange> Before { get; private init; } = [];

    /// <summary>The entry that was removed from PATH: the commands of the environment that was active before; null if
    /// none was active.</summary>
    public string? Displaced { get; private init; }

    /// <summary>The activation of an environment.</summary>
    /// <param name="environment">A virtual environment.</param>
    /// <param name="machine">The machine with its present variables.</param>
    public static VenvActivation For(PythonEnvironment environment, Machine machine)
    {
        string scripts = environment.Scripts ?? Path.GetDirectoryName(environment.Executable)!;
        string prompt = environment.Config?.Prompt is { Length: > 0 } given ? given : Path.GetFileName(environment.Prefix);
        string? path = SearchPathText.Read(machine);
        string? displaced = ScriptsOfActive(machine, path);
        string? without = displaced is null ? path : SearchPathText.Replace(machine, path, displaced, null);
        List<VariableChange> changes =
        [
            new(FolderVariable, environment.Prefix),
            new(PromptVariable, prompt),
            new(HomeVariable, null),
            SearchPathText.To(SearchPathText.Prepend(machine, without, scripts)),
        ];
        return new()
        {
            Folder = environment.Prefix,
            Scripts = scripts,
            Prompt = prompt,
            PromptPrefix = machine.Variable(DisablePromptVariable) is null ? $"({prompt}) " : null,
            Changes = changes,
            Before = [.. changes.Select(change => new VariableChange(change.Name, Value(machine, change.Name)))],
            Displaced = displaced,
        };
    }

    /// <summary>Whether <c>VIRTUAL_ENV</c> names an environment.</summary>
    /// <param name="environment">A virtual environment.</param>
    /// <param name="machine">The machine with its present variables.</param>
    public static bool IsNamed(PythonEnvironment environment, Machine machine) =>
        machine.Variable(FolderVariable) is string active && machine.Files.IsSame(active, environment.Prefix);

    /// <summary>
    /// Whether an environment is already active: <c>VIRTUAL_ENV</c> names it, its commands are on PATH, and no other
    /// Python is in front of them.
    /// </summary>
    public static bool IsInForce(PythonEnvironment environment, Machine machine) =>
        IsNamed(environment, machine)
        && environment.Scripts is string scripts
        && SearchPathText.Before(machine, SearchPathText.Read(machine), scripts) is IReadOnlyList<string> before
        && !before.Any(folder => HasPython(machine, folder));

    /// <summary>Whether another program has undone it: it is in neither <c>VIRTUAL_ENV</c> nor PATH.</summary>
    /// <param name="machine">The machine with its present variables.</param>
    public bool IsGone(Machine machine) =>
        !string.Equals(Value(machine, FolderVariable), Folder, StringComparison.Ordinal) && !IsOnPath(machine);

    /// <summary>
    /// The changes that undo it: each variable that still has the value of the activation gets its value from before.
    /// If something was added before or after that value of PATH, only that part is restored. If PATH was changed in
    /// another way, only the environment's entry is removed, and the entry that was removed for it is restored in its
    /// place. A variable with another value is not changed.
    /// </summary>
    /// <param name="machine">The machine with its present variables.</param>
    public IReadOnlyList<VariableChange> Undo(Machine machine)
    {
        var changes = new List<VariableChange>();
        bool onPath = IsOnPath(machine);
        foreach ((VariableChange given, VariableChange before) in Changes.Zip(Before))
        {
            string? now = Value(machine, given.Name);
            if (string.Equals(now, given.Value, StringComparison.Ordinal))
            {
                changes.Add(before);
            }
            else if (string.Equals(given.Name, SearchPathText.To(null).Name, StringComparison.Ordinal))
            {
                if (onPath)
                {
                    changes.Add(given with
                    {
                        Value = SearchPathText.ReplaceRun(machine, now, given.Value, before.Value)
                            ?? SearchPathText.Replace(machine, now, Scripts, Displaced),
                    });
                }
            }
            else if (now is null && onPath)
            {
                // A deactivate of another environment, entered after this one, has unset it.
                changes.Add(before);
            }
        }
        return [.. changes.Where(change => !string.Equals(change.Value, Value(machine, change.Name), StringComparison.Ordinal))];
    }

    private bool IsOnPath(Machine machine) => SearchPathText.Find(machine, SearchPathText.Read(machine), Scripts) is not null;

    private static string? Value(Machine machine, string name) => machine.Variables.TryGetValue(name, out string? value) ? value : null;

    private static string? ScriptsOfActive(Machine machine, string? path) =>
        machine.Variable(FolderVariable) is string folder
            ? SearchPathText.Find(machine, path, Path.Combine(folder, "bin"))
                ?? SearchPathText.Find(machine, path, Path.Combine(folder, "Scripts"))
            : null;

    private static bool HasPython(Machine machine, string folder) =>
        Path.IsPathFullyQualified(folder)
        && (machine.Files.IsFile(Path.Combine(folder, "python")) || machine.Files.IsFile(Path.Combine(folder, "python.exe")));
}
