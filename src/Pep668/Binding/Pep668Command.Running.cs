using System.Collections.Concurrent;
using System.Management.Automation;
using Pep668.Pip.Running;

namespace Pep668.PowerShell.Binding;

/// <content>Runs a program that installs, whose output comes as it is written.</content>
public abstract partial class Pep668Command
{
    /// <summary>Runs pip, pipx or uv beside the pipeline's thread, which alone may write.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="start">Runs it.</param>
    /// <param name="isShown">Whether its output is shown as that of the command, not as verbose text alone.</param>
    /// <param name="shown">Receives the warnings that were shown.</param>
    /// <param name="program">The name of what runs, for the progress.</param>
    private protected T Run<T>(Func<IProgress<PipOutputLine>, T> start, bool isShown, HashSet<Notice>? shown = null, string program = "pip")
    {
        using var lines = new BlockingCollection<PipOutputLine>();
        Task<T> run = Task.Run(() =>
        {
            try
            {
                return start(new Queued(lines));
            }
            finally
            {
                lines.CompleteAdding();
            }
        });
        bool hasProgress = false;
        foreach (PipOutputLine line in lines.GetConsumingEnumerable())
        {
            hasProgress |= line.Kind == PipOutputKind.Progress;
            if (line.Notice is Notice notice)
            {
                shown?.Add(notice);
                Warn(notice);
            }
            else if (isShown || line.Kind == PipOutputKind.Progress)
            {
                Show(line, program);
            }
            else
            {
                QuoteVerbose(line.Text);
            }
        }
        try
        {
            return run.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            if (hasProgress)
            {
                WriteProgress(new(1, program, "done") { RecordType = ProgressRecordType.Completed });
            }
        }
    }

    private void Show(PipOutputLine line, string program)
    {
        switch (line.Kind)
        {
            case PipOutputKind.Warning:
                QuoteWarning(PipOutput.WithoutMark(line.Text));
                break;
            case PipOutputKind.Progress:
                WriteProgress(new(1, program, line.Text.Length > 0 ? line.Text : "downloading")
                {
                    PercentComplete = line.Total > 0 ? (int)(100 * line.Done / line.Total) : -1,
                });
                break;
            default:
                QuoteVerbose(line.Text);
                break;
        }
    }

    private sealed class Queued(BlockingCollection<PipOutputLine> lines) : IProgress<PipOutputLine>
    {
        public void Report(PipOutputLine value) => lines.Add(value);
    }
}
