namespace Pep668;

/// <summary>Which route an advice is.</summary>
public enum AdviceRoute
{
    /// <summary>A virtual environment.</summary>
    Venv,

    /// <summary>The tool that the project in the current folder is kept with.</summary>
    ProjectTool,

    /// <summary>An application in an environment of its own, by pipx.</summary>
    Pipx,

    /// <summary>The same, by uv.</summary>
    UvTool,

    /// <summary>The distribution's own package.</summary>
    DistroPackage,

    /// <summary>Going ahead anyway.</summary>
    Override,
}

/// <summary>One route around a refusal.</summary>
/// <param name="Route">Which.</param>
/// <param name="Command">What to paste into PowerShell.</param>
/// <param name="CompanionCommand">What to paste into a shell, for those who use <c>pep668</c>.</param>
/// <param name="Reason">When it is the right one, in a few words.</param>
public sealed record RefusalAdvice(AdviceRoute Route, string Command, string CompanionCommand, string Reason)
{
    /// <summary>All of them as one text, a line each, the reason as a comment behind.</summary>
    public static string Join(IEnumerable<RefusalAdvice> advice) =>
        string.Join('\n', advice.Select(one => $"{one.Command}  # {one.Reason}"));

    /// <summary>The same for a shell.</summary>
    public static string JoinCompanion(IEnumerable<RefusalAdvice> advice) =>
        string.Join('\n', advice.Select(one => $"{one.CompanionCommand}  # {one.Reason}"));
}
