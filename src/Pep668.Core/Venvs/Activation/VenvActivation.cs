using Pep668.Machines;

namespace Pep668.Venvs.Activation;

/// <summary>
/// The activation of a virtual environment as data: what the <c>Activate.ps1</c> of Python's own <c>venv</c>
/// (Lib/venv/scripts/common) would change, for environments that have none too, and how to take it back.
/// </summary>
/// <remarks>
/// As with that script an active environment is suspended: its folder leaves PATH, so that a <c>pip</c> which the new
/// one lacks is not found in the old. It comes back when this one is undone. <c>VIRTUAL_ENV_PROMPT</c> is always set,
/// as 3.13 does; 3.10 to 3.12 set it only where they change the prompt, 3.8 and 3.9 never. Nothing is kept in variables
/// of its own (<c>_OLD_VIRTUAL_PATH</c>).
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

    /// <summary>What is in front of the shell's prompt; null where <c>VIRTUAL_ENV_DISABLE_PROMPT</c> forbids
    /// it.</summary>
    public string? PromptPrefix { get; private init; }

    /// <summary>What variables become.</summary>
    public IReadOnlyList<VariableChange> Changes { get; private init; } = [];

    /// <summary>What those variables were before.</summary>
    public IReadOnlyList<VariableChange> Before { get; private init; } = [];

    /// <summary>The entry of PATH that gave way: the commands of the environment that was active before; null when none
    /// was.</summary>
    public string? Displaced { get; private init; }

    /// <summary>The activation of an environment.</summary>
    /// <param name="environment">A virtual environment.</param>
    /// <param name="machine">The machine with the variables of now.</param>
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

    /// <summary>
    /// Whether an environment is active already: <c>VIRTUAL_ENV</c> names it, its commands are on PATH, and no other
    /// Python is in front of them.
    /// </summary>
    public static bool IsInForce(PythonEnvironment environment, Machine machine) =>
        machine.Variable(FolderVariable) is string active
        && string.Equals(machine.Files.RealPath(active), environment.Prefix, StringComparison.Ordinal)
        && environment.Scripts is string scripts
        && SearchPathText.Before(machine, SearchPathText.Read(machine), scripts) is IReadOnlyList<string> before
        && !before.Any(folder => HasPython(machine, folder));

    /// <summary>Whether another program has taken it back: neither <c>VIRTUAL_ENV</c> nor PATH has it any
    /// more.</summary>
    /// <param name="machine">The machine with the variables of now.</param>
    public bool IsGone(Machine machine) =>
        !string.Equals(Value(machine, FolderVariable), Folder, StringComparison.Ordinal) && !IsOnPath(machine);

    /// <summary>
    /// What takes it back: each variable that still has the value given becomes what it was. Of a PATH that was put
    /// before or after since, the part given becomes what it was; of one that was changed otherwise only the own entry
    /// is taken out, and what gave way for it comes back in its place. A variable that another value was given keeps
    /// that.
    /// </summary>
    /// <param name="machine">The machine with the variables of now.</param>
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
