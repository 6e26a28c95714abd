using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.Versions;

namespace Pep668.PowerShell.Commands;

/// <content><c>-Recurse</c>: environments below folders, as they are found.</content>
public sealed partial class GetPythonEnvironmentCommand
{
    /// <summary>
    /// Looks below the folders, for environments of any name; without a path, below the session's location. Links to
    /// folders are not followed.
    /// </summary>
    [Parameter(ParameterSetName = ParameterSets.All)]
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>How many levels of folders to look into; 0 is what is directly in the folder. It implies
    /// <c>-Recurse</c>.</summary>
    [Parameter(ParameterSetName = ParameterSets.All)]
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [ValidateRange(0, int.MaxValue)]
    public int Depth { get; set; } = int.MaxValue;

    private List<string> Folders()
    {
        (string Path, bool IsLiteral)[] given = ParameterSetName switch
        {
            ParameterSets.Path =>
                [.. Path.Select(one => one?.BaseObject is FileSystemInfo item ? (item.FullName, true) : (TextOf(one), false))],
            ParameterSets.LiteralPath => [.. LiteralPath.Select(path => (path, true))],
            _ => [(_machine!.CurrentDirectory, true)],
        };
        var folders = new List<string>();
        foreach ((string path, bool isLiteral) in given)
        {
            bool isPattern = !isLiteral && IsPattern(path);
            string[] matches = isPattern ? [.. Matches(path)]
                : path.Length > 0 && FullPathOf(path, out _) is string full ? [full]
                : [];
            string[] found = [.. matches.Where(_machine!.Files.IsDirectory)];
            if (found.Length == 0 && !isPattern)
            {
                Missing(path, $"'{path}' is no folder to look below.", "Get-ChildItem -Directory");
            }
            folders.AddRange(found);
        }
        return folders;
    }

    private void WriteBelow(IReadOnlyList<string> folders)
    {
        var progress =
            new ProgressRecord(668, "Looking for Python environments", "Starting") { RecordType = ProgressRecordType.Processing };
        var unreadable = new List<string>();
        try
        {
            foreach (PythonEnvironment environment in _catalog!.Below(folders, Depth, Show, unreadable.Add, Stop))
            {
                // Streamed as found: the rule that pre-releases count only when nothing else fits would need all of
                // them.
                if (_request is null || EnvironmentResolver.Fitting([environment], _request).Length > 0)
                {
                    Write([environment]);
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        progress.RecordType = ProgressRecordType.Completed;
        WriteProgress(progress);
        if (unreadable.Count > 0)
        {
            WriteWarning(
                $"{unreadable.Count} {(unreadable.Count == 1 ? "folder" : "folders")} could not be read, such as '{unreadable[0]}'.");
        }

        void Show(FolderScanProgress at)
        {
            progress.StatusDescription = $"{at.Folders} folders";
            progress.CurrentOperation = at.Current;
            WriteProgress(progress);
        }
    }
}
