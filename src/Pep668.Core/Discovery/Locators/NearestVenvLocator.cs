using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>The environments of the nearest project upward: its <c>.venv</c>, and those that it lists.</summary>
internal sealed class NearestVenvLocator : Locator
{
    internal override string Name => FoundBy.Upward;

    internal override IEnumerable<string> Find(Machine machine) => NearestEnvironment.FindAll(machine);
}
