using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Pip.Requests;

/// <summary>What a user typed for one run of pip, before it is read.</summary>
/// <param name="Action">What pip is to do.</param>
internal sealed record PipInput(PipAction Action)
{
    /// <summary>Requirements, paths and URLs; for an uninstall, names.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Requirement files.</summary>
    public IReadOnlyList<string> Requirements { get; init; } = [];

    /// <summary>Constraint files.</summary>
    public IReadOnlyList<string> Constraints { get; init; } = [];

    /// <summary>Projects to install in place.</summary>
    public IReadOnlyList<string> Editables { get; init; } = [];

    /// <summary>Folders, files or pages with distributions.</summary>
    public IReadOnlyList<string> FindLinks { get; init; } = [];

    /// <summary>Reads it: what is neither a requirement nor an existing file is reported before pip starts.</summary>
    /// <param name="machine">Where relative paths start.</param>
    /// <param name="rest">What needs no reading: the environment and the switches.</param>
    /// <returns>The request; or what is wrong, one failure for each text.</returns>
    public Outcome<PipRequest> Read(Machine machine, PipRequest rest)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(rest);
        var wrong = new List<Failure>();
        PipTarget[] packages = [.. Packages.Select(text => Target(text, machine, rest, isEditable: false, wrong)).OfType<PipTarget>()];
        PipTarget[] editables = [.. Editables.Select(text => Target(text, machine, rest, isEditable: true, wrong)).OfType<PipTarget>()];
        string[] requirements = [.. Requirements.Select(path => FileAt(path, machine, wrong))],
            constraints = [.. Constraints.Select(path => FileAt(path, machine, wrong))];
        if (wrong.Count == 0 && packages.Length + editables.Length + requirements.Length == 0)
        {
            wrong.Add(RequestMessages.Nothing(Action));
        }
        return wrong.Count > 0 ? Outcome.Fail<PipRequest>(wrong) : rest with
        {
            Action = Action,
            Packages = packages,
            Editables = editables,
            Requirements = requirements,
            Constraints = constraints,
            FindLinks = [.. FindLinks.Select(place => IsUrl(place) ? place : machine.Absolute(place))],
        };
    }

    // The place in words: PowerShell flows a message anew, and a caret below the text would lose it.
    private PipTarget? Target(string text, Machine machine, PipRequest rest, bool isEditable, List<Failure> wrong)
    {
        PipTarget? target;
        RequirementProblem? problem;
        bool isOne = isEditable
            ? PipTarget.TryParseEditable(text, machine, out target, out problem)
            : PipTarget.TryParse(text, machine, out target, out problem);
        if (!isOne && PipTarget.IsVirtualEnvironment(text, machine))
        {
            wrong.Add(RequestMessages.IsVirtualEnvironment(text, Action, InEnvironment(rest, text)));
            return null;
        }
        if (!isOne)
        {
            string? corrected = PipTarget.Correct(text, problem!, machine);
            wrong.Add(RequestMessages.InvalidRequirement(text, problem!, corrected, Again(rest, text, corrected ?? text)));
            return null;
        }
        if (Action == PipAction.Uninstall && target!.Kind != PipTargetKind.Requirement)
        {
            wrong.Add(RequestMessages.NotAName(target, Again(rest, text, target.Name ?? text)));
            return null;
        }
        return target;
    }

    // The command as it was typed, with another text in the place of one.
    private ProductStep Again(PipRequest rest, string text, string replacement) =>
        (this with { Packages = [.. Packages.Select(one => string.Equals(one, text, StringComparison.Ordinal) ? replacement : one)] })
            .ToStep(rest).In(rest.Environment);

    // The command with a text as the environment instead; null if nothing else was typed.
    private ProductStep? InEnvironment(PipRequest rest, string text)
    {
        bool IsOther(string one) => !string.Equals(one, text, StringComparison.Ordinal);
        PipInput others = this with { Packages = [.. Packages.Where(IsOther)], Editables = [.. Editables.Where(IsOther)] };
        return others.Packages.Count + others.Editables.Count + others.Requirements.Count == 0
            ? null
            : others.ToStep(rest).With(ProductParameter.Environment, text);
    }

    private static string FileAt(string path, Machine machine, List<Failure> wrong)
    {
        if (IsUrl(path))
        {
            return path;
        }
        string file = machine.Absolute(path);
        if (!machine.Files.IsFile(file))
        {
            wrong.Add(RequestMessages.NoFile(file));
        }
        return file;
    }

    private static bool IsUrl(string text) =>
        text.Contains("://", StringComparison.Ordinal) || text.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
}
