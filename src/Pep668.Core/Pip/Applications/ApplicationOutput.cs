using Pep668.Pip.Running;

namespace Pep668.Pip.Applications;

/// <summary>Takes the lines of pipx or uv, hides credentials, and keeps the last ones.</summary>
/// <param name="secrets">The credentials.</param>
/// <param name="progress">Gets each line as it comes.</param>
internal sealed class ApplicationOutput(PipSecrets secrets, IProgress<PipOutputLine>? progress)
{
    private const int Kept = 40;

    private readonly Queue<string> _tail = new();
    private PipOutputKind _before = PipOutputKind.Output;

    /// <summary>The last lines.</summary>
    internal IReadOnlyList<string> Tail => [.. _tail];

    /// <summary>Takes a line. Both programs write what they do to stderr, too; only a mark makes a line a
    /// warning.</summary>
    internal void Take(string raw, bool isError)
    {
        string text = secrets.Redact(raw).TrimEnd();
        string start = text.TrimStart();
        PipOutputKind kind =
            // Both warn of a folder that is not on PATH, which is a warning of this product too.
            !isError || text.Contains("on your PATH", StringComparison.Ordinal) ? PipOutputKind.Output
            : start.StartsWith("error:", StringComparison.OrdinalIgnoreCase) ? PipOutputKind.Error
            // Without emoji, pipx has this mark (emojis.py).
            : start.StartsWith("warning:", StringComparison.OrdinalIgnoreCase) || start.StartsWith("!!", StringComparison.Ordinal)
                || start.StartsWith('\u26A0') ? PipOutputKind.Warning
            : text.Length > start.Length && start.Length > 0 ? _before
            : PipOutputKind.Output;
        _before = isError ? kind : _before;
        if (start.Length > 0)
        {
            _tail.Enqueue(text);
            if (_tail.Count > Kept)
            {
                _tail.Dequeue();
            }
        }
        progress?.Report(new(kind, text));
    }
}
