using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Errors;
using Pep668.Versions;

namespace Pep668.PowerShell.Commands;

/// <content><c>-Recurse</c>: environments below folders, as they are found.</content>
public sealed partial class GetPythonEnvironmentCommand
{
    /// <summary>
    /// Indicates that the folders are searched for environments of any name; without a path, the session's location.
    /// Links to folders are not followed.
    /// </summary>
    [Parameter(ParameterSetName = ParameterSets.All)]
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Specifies how many levels of folders are searched; 0 is the content of the folder. It implies
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
            if (string.IsNullOrWhiteSpace(path))
            {
                Report(DiscoveryMessages.Empty(path, Root));
                continue;
            }
            bool isPattern = !isLiteral && Root is null && WildcardPattern.ContainsWildcardCharacters(path);
            string[] matches = isPattern ? [.. PathMatches(path)]
                : FullPathOf(path, Root, out _) is string full ? [full]
                : [];
            string[] found = [.. matches.Where(_machine!.Files.IsDirectory)];
            if (found.Length == 0 && !isPattern)
            {
                Report(DiscoveryMessages.NoFolder(path, matches.Any(one => _machine.Files.LinkStat(one).Kind != FileKind.Missing)));
            }
            folders.AddRange(found);
        }
        return folders;
    }

    private void WriteBelow(IReadOnlyList<string> folders)
    {
        var progress =
            new ProgressRecord(668, ModuleMessages.Searching(), ModuleMessages.Searched(0)) { RecordType = ProgressRecordType.Processing };
        var unreadable = new List<string>();
        try
        {
            foreach (PythonEnvironment environment in _catalog!.Below(folders, Depth, Show, unreadable.Add, Stop))
            {
                // Written as they are found: the rule that pre-releases are used only if nothing else matches would
                // need all of them.
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
            Warn(DiscoveryMessages.UnreadableFolders(unreadable));
        }

        void Show(FolderScanProgress at)
        {
            progress.StatusDescription = ModuleMessages.Searched(at.Folders);
            progress.CurrentOperation = at.Current;
            WriteProgress(progress);
        }
    }
}
