using Pep668.Pip.Requests;

namespace Pep668.Pip.Running;

/// <summary>What became of a run of pip.</summary>
internal sealed record PipRunOutcome
{
    internal PipRunOutcome()
    {
    }

    /// <summary>What changed, and what was asked for and is there already; by name. Also where the run failed: then
    /// what it had changed by then.</summary>
    public IReadOnlyList<PipInstallResult> Results { get; internal init; } = [];

    /// <summary>What went wrong: one that ended the run, or one for each distribution that was not there to
    /// remove.</summary>
    public IReadOnlyList<Failure> Failures { get; internal init; } = [];

    /// <summary>The first of them; null when all went well.</summary>
    public Failure? Failure => Failures.Count > 0 ? Failures[0] : null;

    /// <summary>What the user should know beyond the lines of pip, whose own warnings were told as they came.</summary>
    public IReadOnlyList<Notice> Warnings { get; internal init; } = [];

    /// <summary>What pip or uv warned of, credentials hidden.</summary>
    public IReadOnlyList<string> PipWarnings { get; internal init; } = [];

    /// <summary>What was run; null when nothing was.</summary>
    public PipProgram? Program { get; internal init; }

    /// <summary>The exit code of pip or uv; null when it was not run.</summary>
    public int? ExitCode { get; internal init; }

    /// <summary>The last lines of its output, credentials hidden.</summary>
    public IReadOnlyList<string> Tail { get; internal init; } = [];

    internal static PipRunOutcome Fail(Failure failure) => new() { Failures = [failure] };
}
