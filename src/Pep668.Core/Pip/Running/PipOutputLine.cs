namespace Pep668.Pip.Running;

/// <summary>What a line of pip's output is.</summary>
internal enum PipOutputKind
{
    /// <summary>What it does.</summary>
    Output,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>An error; how the run ended is told by the outcome, not by this.</summary>
    Error,

    /// <summary>How far a download has come.</summary>
    Progress,
}

/// <summary>A line of pip's or uv's output as it comes, credentials hidden.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The line.</param>
/// <param name="Done">For progress: the bytes that are there.</param>
/// <param name="Total">For progress: the bytes that there will be; 0 when that is not known.</param>
internal sealed record PipOutputLine(PipOutputKind Kind, string Text, long Done = 0, long Total = 0)
{
    /// <summary>The warning of this product that comes between the lines; null for a line of the program.</summary>
    internal Notice? Notice { get; init; }
}
