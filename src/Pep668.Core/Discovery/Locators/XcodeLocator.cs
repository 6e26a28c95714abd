using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// Xcode and the Command Line Tools: <c>Library/Frameworks/Python3.framework/Versions/X.Y</c> below a developer folder,
/// with links in its <c>usr/bin</c>. The folder in use is <c>DEVELOPER_DIR</c>, else where
/// <c>/var/db/xcode_select_link</c> leads (<c>xcode-select(1)</c>); the programs of <c>/usr/bin</c> are stubs that look
/// there. Places as in python-environment-tools, <c>crates/pet-mac-commandlinetools</c> and
/// <c>crates/pet-mac-xcode</c>.
/// </summary>
internal sealed class XcodeLocator : Locator
{
    private const string Tools = "/Library/Developer/CommandLineTools";
    private const string Framework = "/Library/Frameworks/Python3.framework/Versions";
    private const string Applications = "/Applications";
    private const string Contents = "/Contents/Developer";

    internal override string Name => nameof(PythonManager.Xcode);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Xcode];

    internal override bool FindsLinks => true;

    internal override IEnumerable<string> Find(Machine machine) =>
        machine.Platform != Platform.MacOS ? []
        : DeveloperFolders(machine)
            .SelectMany(
                folder => FoldersIn(machine.Files, folder + Framework).Select(version => version + "/bin").Prepend(folder + "/usr/bin"))
            .SelectMany(folder => InterpretersIn(machine.Files, folder));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        machine.Platform == Platform.MacOS && !environment.IsVirtual
        && environment.Prefix.IndexOf(Framework + "/", StringComparison.Ordinal) is > 0 and int end
        && (environment.Prefix[..end] is Tools || environment.Prefix[..end].EndsWith(".app/Contents/Developer", StringComparison.Ordinal))
            ? PythonManager.Xcode
            : null;

    internal override IReadOnlyList<string>? FollowShim(Machine machine, string shim) =>
        machine.Platform != Platform.MacOS || !InterpreterLauncher.IsXcodeStub(machine.Files, shim) ? null
        : [.. Selected(machine).Concat([Applications + "/Xcode.app" + Contents, Tools])
            .Take(1)
            .Select(folder => $"{folder}/usr/bin/{Path.GetFileName(shim)}")
            .Where(machine.Files.IsExecutable)];

    private static IEnumerable<string> Selected(Machine machine)
    {
        IEnumerable<string> named = machine.Variable("DEVELOPER_DIR") is string variable ? [machine.Absolute(variable)] : [];
        return named.Append("/var/db/xcode_select_link")
            .Select(machine.Files.RealPath)
            .OfType<string>()
            .Select(folder => folder.EndsWith(".app", StringComparison.Ordinal) ? folder + Contents : folder);
    }

    private static IEnumerable<string> DeveloperFolders(Machine machine) =>
        Selected(machine)
            .Append(Tools)
            .Concat(FoldersIn(machine.Files, Applications)
                .Where(path => Path.GetFileName(path) is string name
                    && name.StartsWith("Xcode", StringComparison.Ordinal) && name.EndsWith(".app", StringComparison.Ordinal))
                .Select(path => path + Contents))
            .Distinct(StringComparer.Ordinal);
}
