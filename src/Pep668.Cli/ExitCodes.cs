namespace Pep668.Cli;

/// <summary>The exit codes of the contract.</summary>
internal static class ExitCodes
{
    internal const int Done = 0;
    internal const int Managed = 1, Findings = 1, ModuleFailed = 1;
    internal const int BadInput = FailureCode.BadInput;
    internal const int Refused = FailureCode.Refused;
    internal const int ToolFailed = FailureCode.ToolFailed;
    internal const int NotFound = FailureCode.NotFound;
    internal const int HangUp = 129;
    internal const int Interrupted = 130;
    internal const int Quit = 131;
    internal const int Terminated = 143;

    /// <summary>All of them, as the help describes them.</summary>
    internal static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Done, "Done; for check: not externally managed; for conflicts and lint: nothing was found."),
        (Managed, "For check: externally managed; for conflicts and lint: something was found; for ansible: the module failed."),
        (BadInput, "Wrong usage or invalid input; the environment or the application is broken."),
        (Refused, "Refused: externally managed, or pip's require-virtualenv is set."),
        (ToolFailed, "Failed: pip, pipx, uv or a Python that was run, or writing the result; or the environment is busy."),
        (NotFound, "Not found."),
        (HangUp, "Ended by SIGHUP."),
        (Interrupted, "Interrupted."),
        (Quit, "Ended by SIGQUIT."),
        (Terminated, "Ended by SIGTERM."),
    ];
}
