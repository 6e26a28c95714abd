using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// The usual folders of a Linux system, on PATH or not: those of the Filesystem Hierarchy Standard, <c>/usr/libexec</c>
/// (<c>platform-python</c> of RHEL 8), <c>~/.local/bin</c> and <c>bin</c> below the folders of <c>/opt</c>. What lives
/// in <c>/usr</c> is the distribution's.
/// </summary>
internal sealed class SystemLocator : Locator
{
    internal override string Name => FoundBy.UsualFolders;

    internal override bool FindsLinks => true;

    internal override IEnumerable<string> Find(Machine machine)
    {
        if (machine.Platform != Platform.Linux)
        {
            return [];
        }
        IEnumerable<string> folders = ["/usr/bin", "/bin", "/usr/local/bin", "/usr/libexec"];
        return folders
            .Concat(machine.Homes().Select(home => Path.Combine(home, ".local", "bin")))
            .Concat(machine.Files.List("/opt").Select(item => $"/opt/{item.Name}/bin"))
            .SelectMany(folder => InterpretersIn(machine.Files, folder));
    }

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        machine.Platform == Platform.Linux && environment is { IsVirtual: false, Prefix: "/usr" } ? PythonManager.System : null;
}
