using System.Management.Automation;
using Pep668.Pip.Applications;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Completion;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Get-PythonApplication</c>: gets the applications that pipx and <c>uv tool</c> installed, from their
/// files: also broken ones.</summary>
[Cmdlet(VerbsCommon.Get, "PythonApplication")]
[OutputType(typeof(PythonApplication))]
public sealed class GetPythonApplicationCommand : Pep668Command
{
    /// <summary>Specifies the names of applications, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateText]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ApplicationCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Specifies whose applications are returned: those of pipx or of uv. The default, <c>Auto</c>, is
    /// both.</summary>
    [Parameter]
    public PythonApplicationInstaller Installer { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<InstalledApplication> all = ApplicationCatalog.Read(CurrentMachine(), Installer);
        IReadOnlyList<NamePattern> names = NamePatterns(Name);
        foreach (NamePattern name in names.Where(name => !name.HasWildcards && !all.Any(one => name.IsMatch(one.Name))))
        {
            Report(ApplicationMessages.NotListed(name.Text, Installer, ApplicationCatalog.OwnerOf(all, name.Text)));
        }
        foreach (InstalledApplication one in all.Where(one => Name.Length == 0 || names.Any(name => name.IsMatch(one.Name))))
        {
            WriteObject(one.Application);
            if (one.Environment.Health == EnvironmentHealth.Broken)
            {
                Warn(ApplicationMessages.BrokenListed(one));
            }
        }
    }
}
