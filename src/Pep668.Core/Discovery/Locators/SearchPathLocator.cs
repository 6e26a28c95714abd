using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>Every interpreter in a folder on PATH. Shims are recognised when they are read, and are no
/// interpreters.</summary>
internal sealed class SearchPathLocator : Locator
{
    internal override string Name => FoundBy.SearchPath;

    internal override bool FindsLinks => true;

    internal override IEnumerable<string> Find(Machine machine) =>
        machine.SearchPath().SelectMany(folder => InterpretersIn(machine.Files, folder));
}
