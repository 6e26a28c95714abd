using Pep668.Pip.Running;

namespace Pep668.Cli.Commands;

/// <summary>Prints the lines of pip or uv as they come: its warnings, or all of them.</summary>
/// <param name="output">Where to.</param>
/// <param name="isVerbose">Whether all are printed.</param>
/// <param name="hasWarnings">Whether its warnings are printed in any case.</param>
internal sealed class PipLines(Output output, bool isVerbose, bool hasWarnings = true) : IProgress<PipOutputLine>
{
    private readonly HashSet<Notice> _shown = [];

    internal bool IsNew(Notice notice) => _shown.Add(notice);

    public void Report(PipOutputLine value)
    {
        if (value.Notice is Notice notice)
        {
            _shown.Add(notice);
            output.Notices([notice]);
        }
        else if ((hasWarnings && value.Kind == PipOutputKind.Warning) || (isVerbose && value.Kind != PipOutputKind.Progress))
        {
            output.Quote(value.Text);
        }
    }
}
