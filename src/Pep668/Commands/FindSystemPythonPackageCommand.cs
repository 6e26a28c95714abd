using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Distros;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.PowerShell.Binding;
using Pep668.Requirements;

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
        string[] patterns = [.. _names.Where(WildcardPattern.ContainsWildcardCharacters)],
            names = [.. _names.Where(name => !WildcardPattern.ContainsWildcardCharacters(name))];
        IReadOnlyList<SystemPythonPackage> found = isAll ? packages.FindInstalled()
            : [.. patterns.Length == 0 ? [] : packages.FindInstalled().Where(one => patterns.Any(pattern => IsNamed(one, pattern))),
                .. names.Length == 0 ? [] : packages.Find(names, mayAsk: true)];
        foreach (Notice problem in packages.Problems)
        {
            Warn(problem);
        }
        WriteObject(found.DistinctBy(one => (one.Name, one.Distribution)), enumerateCollection: true);
        foreach (string name in names.Where(name => !found.Any(one => IsNamed(one, name))))
        {
            Report(InstalledMessages.NoSystemPackage(name, packages.Manager?.Name, Root is null));
        }
    }

    private static bool IsNamed(SystemPythonPackage package, string name) =>
        WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(package.Distribution)
        || WildcardPattern.Get(NormalizedName.Normalize(name), WildcardOptions.None)
            .IsMatch(NormalizedName.Normalize(package.Distribution));
}
