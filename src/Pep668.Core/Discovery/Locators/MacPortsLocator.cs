using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// MacPorts: <c>Library/Frameworks/Python.framework/Versions/X.Y[t]</c> below its prefix, with links in <c>bin</c>
/// (<c>lang/python313/Portfile</c> of macports-ports). The prefix is chosen when MacPorts itself is built,
/// <c>/opt/local</c> if nothing is; any other is known by <c>var/macports</c> beside a <c>bin</c> on PATH.
/// </summary>
internal sealed class MacPortsLocator : Locator
{
    private const string Frameworks = "/Library/Frameworks/Python.framework/Versions";

    internal override string Name => nameof(PythonManager.MacPorts);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.MacPorts];

    internal override bool FindsLinks => true;

    internal override IEnumerable<string> Find(Machine machine) =>
        machine.Platform != Platform.MacOS ? []
        : machine.SearchPath()
            .Where(folder => Path.GetFileName(folder) is "bin")
            .Select(folder => Path.GetDirectoryName(folder)!)
            .Where(prefix => IsPrefix(machine, prefix))
            .Append("/opt/local")
            .Distinct(StringComparer.Ordinal)
            .SelectMany(
                prefix => FoldersIn(machine.Files, prefix + Frameworks).Select(version => version + "/bin").Prepend(prefix + "/bin"))
            .SelectMany(folder => InterpretersIn(machine.Files, folder));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        machine.Platform == Platform.MacOS && !environment.IsVirtual
        && environment.Prefix.IndexOf(Frameworks + "/", StringComparison.Ordinal) is > 0 and int end
        && (environment.Prefix[..end] is "/opt/local" || IsPrefix(machine, environment.Prefix[..end]))
            ? PythonManager.MacPorts
            : null;

    private static bool IsPrefix(Machine machine, string prefix) => machine.Files.IsDirectory(prefix + "/var/macports");
}
