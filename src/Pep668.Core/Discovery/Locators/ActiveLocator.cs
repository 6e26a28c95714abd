using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>The environment that a shell has activated: <c>VIRTUAL_ENV</c> (every activation script sets it), else
/// <c>CONDA_PREFIX</c>.</summary>
internal sealed class ActiveLocator : Locator
{
    internal override string Name => FoundBy.Active;

    internal override IEnumerable<string> Find(Machine machine) => Folder(machine) is string folder ? [folder] : [];

    internal static string? Folder(Machine machine) => machine.Variable("VIRTUAL_ENV") ?? machine.Variable("CONDA_PREFIX");
}
