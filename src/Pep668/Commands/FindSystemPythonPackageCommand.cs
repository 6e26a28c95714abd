using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Distros;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Find-SystemPythonPackage</c>: finds the packages of the operating system that provide a distribution. It
/// changes nothing.</summary>
[Cmdlet(VerbsCommon.Find, "SystemPythonPackage")]
[OutputType(typeof(SystemPythonPackage))]
public sealed class FindSystemPythonPackageCommand : Pep668Command
{
    private readonly List<string> _names = [];

    /// <summary>Specifies the names of distributions, as pip knows them. Upper and lower case, and <c>-</c>, <c>_</c>
    /// and <c>.</c>, are the same. A name with wildcards is searched for among the installed packages. Without a name,
    /// all installed packages are listed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateText]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Specifies a folder that is used as <c>/</c>: an image, a chroot, a WSL distribution. No program in it
    /// is run.</summary>
    [Parameter]
    [ValidateText(AllowsEmpty = true)]
    public string? Root { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _names.AddRange(Name);

    // All names at once: where apt has to be asked, it is asked once.
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // An empty pipeline asks for nothing.
        bool isAll = _names.Count == 0 && !MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(Name));
        if ((!isAll && _names.Count == 0) || MachineUnder(Root) is not Machine machine)
        {
            return;
        }
        var packages = new ProvidedPackages(
            machine, SystemPythons.Find(new EnvironmentCatalog(machine)).SelectMany(python => python.SitePackages));
        IReadOnlyList<NamePattern> all = NamePatterns(_names);
        NamePattern[] patterns = [.. all.Where(name => name.HasWildcards)], names = [.. all.Where(name => !name.HasWildcards)];
        IReadOnlyList<SystemPythonPackage> found = isAll ? packages.FindInstalled()
            : [.. patterns.Length == 0 ? [] : packages.FindInstalled()
                    .Where(one => patterns.Any(pattern => pattern.IsMatch(one.Distribution))),
                .. names.Length == 0 ? [] : packages.Find([.. names.Select(name => name.Text)], mayAsk: true)];
        foreach (Notice problem in packages.Problems)
        {
            Warn(problem);
        }
        WriteObject(found.DistinctBy(one => (one.Name, one.Distribution)), enumerateCollection: true);
        foreach (NamePattern name in names.Where(name => !found.Any(one => name.IsMatch(one.Distribution))))
        {
            Report(InstalledMessages.NoSystemPackage(name.Text, packages.Manager?.Name, Root is null));
        }
    }
}
