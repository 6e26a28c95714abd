using System.Management.Automation;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Commands;

/// <summary>
/// <c>Get-PythonPackage</c>: gets the packages that an environment can import, from their files: also those of a
/// broken environment, and those of a folder without an environment.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PythonPackage", DefaultParameterSetName = ParameterSets.Environment)]
[OutputType(typeof(PythonPackage))]
public sealed class GetPythonPackageCommand : EnvironmentReadCommand
{
    private IReadOnlyList<NamePattern>? _names;

    /// <summary>Specifies folders of packages, such as a <c>site-packages</c> whose Python is not installed any more.
    /// Wildcards are allowed, except with <c>-Root</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.Path)]
    [ValidateText(AllowsEmpty = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Specifies the names of packages, with wildcards. Upper and lower case, and <c>-</c>, <c>_</c> and
    /// <c>.</c>, are the same.</summary>
    [Parameter]
    [ValidateText]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Specifies a folder that is used as <c>/</c>: an image, a chroot, a WSL distribution. No program in it
    /// is run.</summary>
    [Parameter]
    [ValidateText(AllowsEmpty = true)]
    public string? Root { get; set; }

    /// <inheritdoc/>
    private protected override Machine? LookupMachine() => MachineUnder(Root);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName is not ParameterSets.Path)
        {
            ProcessEnvironments();
        }
        else if (LookupMachine() is Machine machine)
        {
            foreach (string folder in Path.SelectMany(Folders))
            {
                Write(InstalledPackages.Read(machine, folder), folder);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void Process(Machine machine, PythonEnvironment environment) =>
        Write(InstalledPackages.Read(machine, environment), environment.Prefix);

    private IEnumerable<string> Folders(string text)
    {
        if (FullPathOf(text, Root, out string problem) is not string path)
        {
            Report(ModuleMessages.NoFilePath(text, problem));
            return [];
        }
        // Below a root, paths have no wildcards.
        if (Root is not null || FileTree.Host.LinkStat(path).Kind != FileKind.Missing)
        {
            return [path];
        }
        return WildcardPattern.ContainsWildcardCharacters(text) ? PathMatches(text).Where(FileTree.Host.IsDirectory)
            : [WildcardPattern.Unescape(path)];
    }

    private void Write(Outcome<IReadOnlyList<PythonPackage>> outcome, string place)
    {
        if (Accept(outcome) is not IReadOnlyList<PythonPackage> packages)
        {
            return;
        }
        if (Name.Length == 0)
        {
            WriteObject(packages, enumerateCollection: true);
            return;
        }
        // For several environments, an invalid pattern is one error.
        _names ??= NamePatterns(Name);
        foreach (NamePattern name in _names.Where(name => !name.HasWildcards && !packages.Any(package => name.IsMatch(package.Name))))
        {
            Report(InstalledMessages.NotInstalled(name.Text, place));
        }
        WriteObject(packages.Where(package => _names.Any(name => name.IsMatch(package.Name))), enumerateCollection: true);
    }
}
