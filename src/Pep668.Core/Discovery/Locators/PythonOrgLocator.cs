using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// The installers of python.org for macOS: <c>/Library/Frameworks/Python.framework/Versions/X.Y</c>, free-threaded ones
/// in <c>PythonT.framework</c>, and links in <c>/usr/local/bin</c> (Python's documentation, "Using Python on macOS").
/// Those for Windows register themselves: <see cref="RegistryLocator"/>.
/// </summary>
internal sealed class PythonOrgLocator : Locator
{
    private static readonly string[] Frameworks =
        ["/Library/Frameworks/Python.framework/Versions", "/Library/Frameworks/PythonT.framework/Versions"];

    internal override string Name => nameof(PythonManager.PythonOrg);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.PythonOrg];

    internal override bool FindsLinks => true;

    internal override IEnumerable<string> Find(Machine machine) =>
        machine.Platform != Platform.MacOS ? []
        : Frameworks
            .SelectMany(framework => FoldersIn(machine.Files, framework))
            .Select(version => version + "/bin")
            .Append("/usr/local/bin")
            .SelectMany(folder => InterpretersIn(machine.Files, folder));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        machine.Platform == Platform.MacOS && !environment.IsVirtual
            && Array.Exists(Frameworks, framework => IsBelow(framework, environment.Prefix))
            ? PythonManager.PythonOrg
            : null;
}
