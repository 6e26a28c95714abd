using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>The environment that a shell has activated: <c>VIRTUAL_ENV</c> (every activation script sets it), else
/// <c>CONDA_PREFIX</c>.</summary>
internal sealed class ActiveLocator : Locator
{
    internal override string Name => FoundBy.Active;

    internal override IEnumerable<string> Find(Machine machine) => Folder(machine) is string folder ? [folder] : [];

    /// <summary>Its folder; null if no environment is active.</summary>
    internal static string? Folder(Machine machine) => Variable(machine) is string name ? machine.Variable(name) : null;

    /// <summary>The variable that names the folder; null if no environment is active.</summary>
    internal static string? Variable(Machine machine) =>
        ((string[])["VIRTUAL_ENV", "CONDA_PREFIX"]).FirstOrDefault(name => machine.Variable(name) is not null);
}
