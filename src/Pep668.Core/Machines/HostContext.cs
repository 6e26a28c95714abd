using Pep668.Text;

namespace Pep668.Machines;

/// <summary>
/// Signs that this is a container, a machine of continuous integration, or WSL: told to who is refused, and never a
/// reason to let anything through. A wrong sign must not cost anybody a system.
/// </summary>
internal static class HostContext
{
    private static readonly string[] CiVariables =
        ["GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_URL", "BUILDKITE", "CIRCLECI", "TRAVIS", "APPVEYOR", "TEAMCITY_VERSION",
            "BITBUCKET_BUILD_NUMBER", "CODEBUILD_BUILD_ID"];

    private static readonly string[] ContainerGroups = ["docker", "containerd", "kubepods", "libpod", "lxc"];

    /// <summary>What makes this machine look disposable, as <c>container (/.dockerenv)</c>; null if nothing
    /// does.</summary>
    internal static string? Disposable(Machine machine) =>
        machine.IsImage ? null : Container(machine) is string container ? $"container ({container})"
        : Ci(machine) is string ci ? $"CI job ({ci})" : null;

    /// <summary>What it looks like and by which sign, as <c>a container (/.dockerenv)</c>; nothing below a root, which
    /// is nobody's session.</summary>
    internal static IReadOnlyList<string> Describe(Machine machine)
    {
        if (machine.IsImage)
        {
            return [];
        }
        var found = new List<string>();
        if (Container(machine) is string container)
        {
            found.Add($"a container ({container})");
        }
        if (Ci(machine) is string ci)
        {
            found.Add($"continuous integration ({ci})");
        }
        if (Wsl(machine) is string wsl)
        {
            found.Add($"WSL ({wsl})");
        }
        return found;
    }

    private static string? Container(Machine machine)
    {
        foreach (string file in (string[])["/.dockerenv", "/run/.containerenv"])
        {
            if (machine.Files.LinkStat(file).Kind != FileKind.Missing)
            {
                return file;
            }
        }
        // systemd's name for it (systemd.exec(5), "container interface").
        return machine.Variable("container") is string name ? "container=" + name
            : machine.Variable("KUBERNETES_SERVICE_HOST") is not null ? "KUBERNETES_SERVICE_HOST"
            : machine.Platform == Platform.Linux && machine.Files.ReadText("/proc/1/cgroup", 1 << 16) is string groups
                && Array.Exists(ContainerGroups, one => groups.Contains("/" + one, StringComparison.Ordinal)) ? "/proc/1/cgroup"
            : null;
    }

    private static string? Ci(Machine machine) =>
        Array.Find(CiVariables, name => machine.Variable(name) is not null)
        ?? (machine.Variable("CI") is string value && TruthText.Parse(value) != TruthValue.False ? "CI" : null);

    private static string? Wsl(Machine machine) =>
        machine.Variable("WSL_DISTRO_NAME") is not null ? "WSL_DISTRO_NAME"
        : machine.Platform == Platform.Linux && machine.Files.ReadText("/proc/sys/kernel/osrelease", 1 << 12)?.Contains("microsoft",
            StringComparison.OrdinalIgnoreCase) == true
            ? "/proc/sys/kernel/osrelease" : null;
}
