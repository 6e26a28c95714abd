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
    /// Whether it may be used although it was not named: whoever can create or change a <c>.venv</c> in a parent folder
    /// (in <c>/tmp</c>, for example) would otherwise decide what this user runs.
    /// </summary>
    internal static bool IsTrusted(Machine machine, string folder)
    {
        string scripts = Path.Combine(folder, machine.Platform == Platform.Windows ? "Scripts" : "bin");
        string[] parts = [folder, Path.Combine(folder, PyVenvConfigFile.FileName), scripts];
        return FileTrust.IsTrustedLink(machine, folder) && parts.All(path => FileTrust.IsTrusted(machine, path))
            && Interpreters(machine, scripts).All(path => FileTrust.IsTrusted(machine, path));
    }

    // Those that are there: a broken environment has none, and none is run.
    private static IEnumerable<string> Interpreters(Machine machine, string scripts) =>
        (machine.Platform == Platform.Windows ? (string[])["python.exe"] : ["python", "python3"])
            .Select(name => Path.Combine(scripts, name)).Where(machine.Files.IsFile);
}
