using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>The nearest <c>.venv</c> in the session's location or a parent folder.</summary>
internal sealed class NearestVenvLocator : Locator
{
    internal override string Name => FoundBy.Upward;

    internal override IEnumerable<string> Find(Machine machine) => Nearest(machine) is string folder ? [folder] : [];

    /// <summary>Its folder; null if none was found.</summary>
    internal static string? Nearest(Machine machine) =>
        machine.Upward().Select(folder => Path.Combine(folder, ".venv"))
            .FirstOrDefault(folder => machine.Files.IsFile(Path.Combine(folder, PyVenvConfigFile.FileName)));

    /// <summary>
    /// Whether it may be used although it was not named: whoever can create a <c>.venv</c> in a parent folder (in
    /// <c>/tmp</c>, for example) would otherwise decide what this user runs. On Windows, where other users cannot write
    /// to most folders outside the profile, the owner is not checked.
    /// </summary>
    internal static bool IsTrusted(Machine machine, string folder)
    {
        return machine.Platform == Platform.Windows
            || (IsOwn(machine.Files.LinkStat(folder)) && IsOwn(machine.Files.Stat(folder))
                && IsOwn(machine.Files.Stat(Path.Combine(folder, PyVenvConfigFile.FileName))));

        bool IsOwn(FileEntry entry) => entry.Owner == machine.UserId || entry.Owner == 0;
    }
}
