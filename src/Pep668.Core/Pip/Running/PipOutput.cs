using System.Globalization;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Pip.Running;

/// <summary>Takes the lines of pip or uv, tells what each is, hides credentials, and keeps the last ones.</summary>
/// <remarks>
/// pip marks what it logs on stderr with the level (<c>pip/_internal/utils/logging.py</c>: <c>ERROR: </c>, <c>WARNING:
/// </c>, <c>DEPRECATION: </c>), from 19.0 on; uv likewise in small letters. Lines that follow without a mark belong to
/// the one before.
/// </remarks>
internal sealed class PipOutput(PipProgram program, PipSecrets secrets, IProgress<PipOutputLine>? progress)
{
    private const int Kept = 40;
    private const int MostWarnings = 200;
    private const int LongestWarning = 4000;

    private readonly Queue<string> _tail = new();
    private readonly List<string> _warnings = [];
    private readonly List<PlannedChange> _listed = [];
    private PipOutputKind _before = PipOutputKind.Output;

    internal IReadOnlyList<string> Tail => [.. _tail];

    internal IReadOnlyList<string> Warnings => _warnings;

    /// <summary>What uv listed.</summary>
    internal IReadOnlyList<PlannedChange> Listed => _listed;

    internal void Take(string raw, bool isError)
    {
        string text = secrets.Redact(raw).TrimEnd();
        if (!isError && program.Release.HasRawProgress && !program.IsUv && Progress(text) is PipOutputLine step)
        {
            progress?.Report(step);
            return;
        }
        if (program.IsUv && PlannedChange.FromUv(text) is PlannedChange change)
        {
            _listed.Add(change);
        }
        PipOutputKind kind = isError ? Kind(text) : PipOutputKind.Output;
        if (kind == PipOutputKind.Warning && text.Length > 0)
        {
            if (_before == PipOutputKind.Warning && _warnings.Count > 0 && Mark(text) is null)
            {
                _warnings[^1] = _warnings[^1].Length < LongestWarning ? _warnings[^1] + "\n" + text : _warnings[^1];
            }
            else if (_warnings.Count < MostWarnings)
            {
                _warnings.Add(text);
            }
        }
        _before = isError ? kind : _before;
        if (text.Length > 0)
        {
            _tail.Enqueue(text);
            if (_tail.Count > Kept)
            {
                _tail.Dequeue();
            }
        }
        progress?.Report(new(kind, text));
    }

    private PipOutputKind Kind(string text) =>
        Mark(text)
        ?? (program.IsUv ? (text.Length == 0 || text[0] == ' ' ? _before : PipOutputKind.Output)
            : _before == PipOutputKind.Output ? PipOutputKind.Warning
            : _before);

    private PipOutputKind? Mark(string text)
    {
        string start = text.TrimStart();
        return
            start.StartsWith("ERROR:", StringComparison.OrdinalIgnoreCase)
                || (program.IsUv && text.StartsWith("  \u00D7 ", StringComparison.Ordinal)) ? PipOutputKind.Error
            : start.StartsWith("WARNING:", StringComparison.OrdinalIgnoreCase)
                || start.StartsWith("DEPRECATION:", StringComparison.Ordinal) ? PipOutputKind.Warning
            : program.IsUv && PlannedChange.FromUv(text) is not null ? PipOutputKind.Output
            : null;
    }

    /// <summary>A line without pip's mark of its level, for a host that marks warnings and errors itself.</summary>
    internal static string WithoutMark(string text)
    {
        string line = text.TrimStart();
        string? mark = Array.Find(["WARNING:", "ERROR:"], mark => line.StartsWith(mark, StringComparison.OrdinalIgnoreCase));
        return mark is null ? text : line[mark.Length..].TrimStart();
    }

    // _raw_progress_bar in pip/_internal/cli/progress_bars.py
    private static PipOutputLine? Progress(string text)
    {
        string[] words = text.Split(' ');
        return words is ["Progress", string done, "of", string total]
            && long.TryParse(done, NumberStyles.None, CultureInfo.InvariantCulture, out long from)
            && long.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out long to)
            ? new(PipOutputKind.Progress, text, from, to)
            : null;
    }
}
