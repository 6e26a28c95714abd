using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Linting;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Commands;

/// <summary>
/// <c>Find-PipOverride</c>: finds what overrides PEP 668 in scripts, Dockerfiles, playbooks, workflows and settings of
/// a folder, and what removes a marker. It reads files and changes nothing.
/// </summary>
[Cmdlet(VerbsCommon.Find, "PipOverride", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(PipOverrideUse))]
public sealed class FindPipOverrideCommand : Pep668Command
{
    private LintBaseline? _baseline;
    private bool _isReady;

    /// <summary>Specifies files and folders. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ParameterSets.Path)]
    [ValidateText]
    [SupportsWildcards]
    public string[] Path { get; set; } = ["."];

    /// <summary>Specifies files and folders, without wildcards.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath")]
    [ValidateText]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Indicates that folders in the folders are searched too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Specifies a file with findings that are accepted, which <c>pep668 lint --write-baseline</c>
    /// writes.</summary>
    [Parameter]
    [ValidateText]
    public string? Baseline { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Baseline is not null)
        {
            if (FilePathOf(Baseline, out string problem) is not string path)
            {
                Report(ModuleMessages.NoFilePath(Baseline, problem));
                return;
            }
            _baseline = Accept(LintBaseline.Read(FileTree.Host, path));
            if (_baseline is null)
            {
                return;
            }
        }
        _isReady = true;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!_isReady)
        {
            return;
        }
        string[] paths = [.. ParameterSetName is ParameterSets.LiteralPath ? LiteralPath.SelectMany(Literal) : Path.SelectMany(Matches)];
        LintResult found = OverrideLint.Find(FileTree.Host, paths, Recurse, Stop);
        if (found.Unreadable.Count > 0)
        {
            Warn(LintMessages.Unreadable(found.Unreadable));
        }
        IReadOnlyList<PipOverrideUse> uses = _baseline?.Remaining(found.Uses) ?? found.Uses;
        WriteVerbose(ModuleMessages.FilesRead(found.Files, found.Uses.Count - uses.Count));
        WriteObject(uses, enumerateCollection: true);
    }

    private IEnumerable<string> Matches(string text) =>
        WildcardPattern.ContainsWildcardCharacters(text)
            && (FilePathOf(text, out _) is not string path || FileTree.Host.LinkStat(path).Kind == FileKind.Missing)
            ? PathMatches(text) : Literal(text);

    private string[] Literal(string text)
    {
        if (FilePathOf(text, out string problem) is not string path)
        {
            Report(ModuleMessages.NoFilePath(text, problem));
            return [];
        }
        if (FileTree.Host.Stat(path).Kind == FileKind.Missing)
        {
            Report(LintMessages.NoPath(path));
            return [];
        }
        return [path];
    }
}
