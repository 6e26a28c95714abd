using Pep668.Pip.Policy;
using Pep668.Shells;

namespace Pep668.Tests.Advice;

/// <summary>The decision: for a purpose, on a distribution, with these tools and files, the routes in their
/// order.</summary>
public sealed class AdviceTableTests : IDisposable
{
    // purpose     | system  | tools and files here            | routes
    private const string Table = """
        -           | debian  |                                 | Venv Distro
        Library     | debian  |                                 | Venv Distro
        Application | debian  |                                 | Pipx Distro Venv
        Application | unknown |                                 | Venv
        Application | fedora  | /run/ostree-booted              | Pipx Layered? Venv
        System      | debian  |                                 | Distro Venv
        Script      | debian  |                                 | Venv Distro
        -           | debian  | pipx uv                         | Venv Distro Pipx UvTool
        Library     | debian  | pipx uv                         | Venv ProjectTool Distro
        Application | debian  | pipx uv                         | Pipx UvTool Distro Venv
        Application | debian  | uv                              | UvTool Distro Venv
        System      | debian  | pipx uv                         | Distro Venv
        Script      | debian  | pipx uv                         | ScriptRunner Venv Distro
        Script      | debian  | pipx                            | ScriptRunner Venv Distro
        Script      | debian  | pipx one.py                     | ScriptRunner Venv Distro
        Library     | debian  | uv uv.lock pyproject.toml       | ProjectTool Distro
        Library     | debian  | pyproject.toml poetry.lock      | ProjectTool Distro
        Library     | debian  | uv pyproject.toml               | Venv Distro
        Script      | debian  | uv one.py                       | ScriptRunner Venv Distro
        Script      | debian  | uv one.py two.py                | ScriptRunner Venv Distro
        Script      | debian  | uv script.py two.py             | Venv Distro
        Library     | debian  | /.dockerenv                     | Venv Distro Override
        System      | debian  | /.dockerenv                     | Distro Venv Override
        Application | debian  | $GITHUB_ACTIONS=true pipx       | Pipx Distro Venv Override
        Library     | debian  | $WSL_DISTRO_NAME=Debian         | Venv Distro
        Library     | ubuntu  |                                 | Venv Distro
        System      | unknown |                                 | Venv
        System      | fedora  |                                 | Distro? Venv
        Library     | fedora  |                                 | Venv Distro?
        System      | rhel    |                                 | Distro? Venv
        System      | rhel    | microdnf                        | Distro? Venv
        System      | fedora  | /run/ostree-booted              | Layered? Venv
        System      | fedora  | /run/ostree-booted toolbox      | Toolbox? Layered? Venv
        Library     | fedora  | /run/ostree-booted toolbox      | Venv Toolbox? Layered?
        System      | suse    |                                 | Distro? Venv
        System      | arch    |                                 | Distro? Venv
        System      | alpine  |                                 | Distro? Venv
        System      | gentoo  |                                 | Distro? Venv
        System      | void    |                                 | Venv
        Library     | conda   |                                 | Conda? Venv
        Library     | conda   | /conda/conda-meta/frozen        | Conda? Venv
        """;

    private readonly ManagedWorld _managed = new();

    private World World => _managed.World;

    public static TheoryData<string> Rows => [.. Table.Split('\n')];

    public void Dispose() => _managed.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public void Routes_are_those_of_the_table(string row)
    {
        string[] cells = [.. row.Split('|').Select(cell => cell.Trim())];
        PythonEnvironment environment = Make(cells[1], cells[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        InstallPurpose? purpose = cells[0] is "-" ? null : Enum.Parse<InstallPurpose>(cells[0]);
        IReadOnlyList<PythonInstallAdvice> advice =
            RequestAdvice.Advise(World.Machine, ["requests>=2"], environment, purpose, "").Value();
        Assert.Equal(cells[3], string.Join(' ', advice.Select(one =>
            (one.Route switch { AdviceRoute.DistroPackage => "Distro", AdviceRoute.CondaPackage => "Conda", _ => one.Route.ToString() })
            + (one.Confidence == AdviceConfidence.Guess ? "?" : ""))));
        Assert.Equal(Enumerable.Range(1, advice.Count), advice.Select(one => one.Rank));
    }

    [Theory]
    [InlineData("debian", "", "sudo apt install python3-requests")]
    [InlineData("debian", "-lists", "sudo apt update && sudo apt install python3-requests")]
    [InlineData("fedora", "", "sudo dnf install 'python3.11dist(requests)'")]
    [InlineData("rhel", "microdnf", "sudo microdnf install 'python3.11dist(requests)'")]
    [InlineData("fedora", "/run/ostree-booted", "sudo rpm-ostree install 'python3.11dist(requests)'")]
    [InlineData("fedora", "/run/ostree-booted toolbox",
        "toolbox create --assumeyes && toolbox run sudo dnf install 'python3.11dist(requests)'")]
    [InlineData("suse", "", "sudo zypper install 'python3.11dist(requests)'")]
    [InlineData("arch", "", "sudo pacman -S python-requests")]
    [InlineData("alpine", "", "sudo apk add py3-requests")]
    [InlineData("gentoo", "", "sudo emerge dev-python/requests")]
    [InlineData("conda", "", "conda install --prefix /conda requests")]
    [InlineData("conda", "/conda/conda-meta/frozen", "conda create --prefix ./env python requests")]
    public void Package_of_the_system_is_installed_with_its_own_manager(string system, string with, string expected)
    {
        World.UserId = 1000;
        string[] items = with.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        PythonEnvironment environment = Make(system, items);
        PythonInstallAdvice first = RequestAdvice
            .Advise(World.Machine, ["requests"], environment, InstallPurpose.System, "").Value()[0];
        Assert.Equal(expected, PosixRenderer.Instance.Render(first.Remedy));
    }

    [Theory]
    [InlineData("Application", "", "pep668 venv .venv && pep668 install requests --environment ./.venv")]
    [InlineData("Application", "pipx uv", "pipx install requests|uv tool install requests")]
    [InlineData("Script", "uv", "uv init --script script.py && uv add --script script.py requests && uv run script.py")]
    [InlineData("Script", "uv one.py", "uv add --script ./one.py requests && uv run ./one.py")]
    [InlineData("Library", "uv", "pep668 venv .venv && pep668 install requests --environment ./.venv|uv init && uv add requests")]
    public void Tool_that_is_present_is_used(string purpose, string with, string expected)
    {
        PythonEnvironment environment = Make("unknown", with.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(expected.Split('|'), RequestAdvice
            .Advise(World.Machine, ["requests"], environment, Enum.Parse<InstallPurpose>(purpose), "").Value()
            .Select(one => PosixRenderer.Instance.Render(one.Remedy)).Take(expected.Split('|').Length));
    }

    [Theory]
    [InlineData("requests>=2", true)]
    [InlineData("requests==2.28.1", true)]
    [InlineData("requests>=99", false)]
    [InlineData("requests<2", false)]
    [InlineData("requests", true)]
    public void Package_of_the_system_in_another_version_is_not_recommended(string requirement, bool expected) => Assert.Equal(expected,
        RequestAdvice.Advise(World.Machine, [requirement, "Requests"], Make("debian", []), InstallPurpose.System, "").Value()
            .Any(one => one.Route == AdviceRoute.DistroPackage));

    [Fact]
    public void Guess_of_a_name_is_shown_as_one() => Assert.Equal("probably Arch's package, 2.32.3-4",
        RequestAdvice.Advise(World.Machine, ["requests"], Make("arch", []), InstallPurpose.System, "").Value()[0].Reason);

    // The version in the index of Make is 2.28.1+dfsg-1.
    [Theory]
    [InlineData("2.28.1+dfsg-1", null)]
    [InlineData("2.28.1+dfsg-2", null)]
    [InlineData("2.28.1+dfsg-0", "sudo apt install python3-requests")]
    public void Package_that_is_installed_is_not_recommended_but_named(string installed, string? command)
    {
        World.UserId = 1000;
        World.Write("/var/lib/dpkg/status", $"Package: python3-requests\nStatus: install ok installed\nVersion: {installed}\n\n");
        Outcome<IReadOnlyList<PythonInstallAdvice>> outcome =
            RequestAdvice.Advise(World.Machine, ["requests"], Make("debian", []), InstallPurpose.System, "");
        Assert.Equal(command, outcome.Value().Where(one => one.Route == AdviceRoute.DistroPackage)
            .Select(one => PosixRenderer.Instance.Render(one.Remedy)).SingleOrDefault());
        Assert.Equal(command is null ? [$"'python3-requests' {installed} is installed: Debian's Python already has 'requests'."] : [],
            outcome.Notices.Select(one => one.Message));
        PipVerdict verdict = _managed.Decide(_managed.Install());
        Assert.Equal(outcome.Notices.Select(one => one.Message), verdict.Warnings.Select(one => one.Message));
        Assert.Equal(command is not null, verdict.Refusal!.Remedies.Any(one => one.Route == AdviceRoute.DistroPackage));
    }

    [Fact]
    public void Only_the_packages_that_are_not_installed_are_recommended()
    {
        PythonEnvironment environment = Make("debian", []);
        World.Write("/var/lib/apt/lists/y_Packages", "Package: python3-yaml\nVersion: 6.0-3\n\n")
            .Write("/var/lib/dpkg/status", "Package: python3-yaml\nStatus: install ok installed\nVersion: 6.0-3\n\n");
        Outcome<IReadOnlyList<PythonInstallAdvice>> outcome =
            RequestAdvice.Advise(World.Machine, ["PyYAML", "requests"], environment, InstallPurpose.System, "");
        Assert.EndsWith("apt install python3-requests", PosixRenderer.Instance.Render(outcome.Value()[0].Remedy));
        Assert.Equal("Debian's package, 2.28.1+dfsg-1", outcome.Value()[0].Reason);
        Assert.StartsWith("'python3-yaml' 6.0-3 is installed", Assert.Single(outcome.Notices).Message);
    }

    [Theory]
    [InlineData("debian", "/var/lib/dpkg/status",
        "The package database of dpkg cannot be read completely: '/var/lib/dpkg/status' is damaged.")]
    [InlineData("debian", "/var/lib/apt/lists/y_Packages", "The package index '/var/lib/apt/lists/y_Packages' cannot be read completely, "
        + "so packages may not be found: it contains no records of packages.")]
    [InlineData("alpine", "/var/cache/apk/APKINDEX.2.tar.gz", "The package index '/var/cache/apk/APKINDEX.2.tar.gz' cannot be read "
        + "completely, so packages may not be found: it is not a complete archive of tar and gzip.")]
    [InlineData("arch", "/var/lib/pacman/sync/other.db", "The package index '/var/lib/pacman/sync/other.db' cannot be read completely, "
        + "so packages may not be found: it is not a complete archive of tar and gzip.")]
    public void File_of_random_bytes_is_a_warning(string system, string file, string expected)
    {
        byte[] bytes = new byte[5000];
        new Random(668).NextBytes(bytes);
        PythonEnvironment environment = Make(system, []);
        World.Write(file, bytes);
        Assert.Equal(expected, Assert.Single(
            RequestAdvice.Advise(World.Machine, ["requests"], environment, InstallPurpose.System, "").Notices).Message);
    }

    [Theory]
    [InlineData("debian", "/var/lib/dpkg/status")]
    [InlineData("debian", "/var/lib/apt/lists/y_Packages")]
    public void Empty_file_of_a_new_system_is_no_warning(string system, string file)
    {
        PythonEnvironment environment = Make(system, []);
        World.Write(file, "");
        Assert.Empty(RequestAdvice.Advise(World.Machine, ["requests"], environment, InstallPurpose.System, "").Notices);
    }

    [Theory]
    [InlineData("alpine", "/var/cache/apk/APKINDEX.2.tar.gz", "The package index '/var/cache/apk/APKINDEX.2.tar.gz'")]
    [InlineData("alpine", "/lib/apk/db/installed", "cannot be read completely: '/lib/apk/db/installed': ")]
    [InlineData("debian", "/var/lib/dpkg/status", "cannot be read completely: '/var/lib/dpkg/status': ")]
    public void File_that_is_too_large_is_a_warning(string system, string file, string expected)
    {
        PythonEnvironment environment = Make(system, []);
        World.Write(file, "");
        using (FileStream stream = File.OpenWrite(World.OnDisk(file)))
        {
            stream.SetLength(257 << 20);
        }
        Assert.Contains(expected, Assert.Single(
            RequestAdvice.Advise(World.Machine, ["requests"], environment, InstallPurpose.System, "").Notices).Message);
    }

    [Fact]
    public void Distribution_without_a_marker_is_named()
    {
        PythonEnvironment environment = Make("fedora", []) with { Manager = PythonManager.System };
        Assert.False(environment.IsExternallyManaged);
        Assert.Equal("virtual environment in this folder; Fedora's Python has no marker, so pip would change it",
            RequestAdvice.Advise(World.Machine, ["requests"], environment, null, "").Value()[0].Reason);
    }

    [Fact]
    public void Distributors_text_is_shown_where_the_package_manager_is_not_known()
    {
        Outcome<IReadOnlyList<PythonInstallAdvice>> outcome =
            RequestAdvice.Advise(World.Machine, ["requests"], Make("unknown", []), null, "");
        Assert.Equal("The distributor of '/usr/bin/python3.11' recommends: Ask your distributor. Twice.",
            Assert.Single(outcome.Notices).Message);
        Assert.Empty(RequestAdvice.Advise(World.Machine, ["requests"], Make("debian", []), null, "").Notices);
    }

    [Fact]
    public void Virtual_environment_is_recommended_for_itself()
    {
        World.Python("/opt/env", "3.11.2").Write("/opt/env/pyvenv.cfg", "home = /usr/bin\nversion = 3.11.2\n");
        PythonEnvironment environment = _managed.Read("/opt/env/bin/python3.11") with { Root = null };
        Assert.True(environment.IsVirtual);
        Assert.Equal("Invoke-PipInstall requests -Environment /opt/env", PowerShellRenderer.Instance.Render(
            RequestAdvice.Advise(World.Machine, ["requests"], environment, InstallPurpose.Library, "").Value()[0].Remedy));
    }

    [Fact]
    public void Text_that_is_not_a_requirement_is_an_error() => Assert.Equal(FailureId.InvalidRequirement,
        RequestAdvice.Advise(World.Machine, ["requests["], Make("debian", []), null, "").Failure!.Id);

    // A simulated system whose index contains a package for 'requests', with tools on PATH and files.
    private PythonEnvironment Make(string system, string[] items)
    {
        World.Write("/etc/os-release", system switch
        {
            "debian" => "NAME='Debian GNU/Linux'\nID=debian\n",
            "ubuntu" => "NAME=Ubuntu\nID=ubuntu\nID_LIKE=debian\n",
            "fedora" => "NAME='Fedora Linux'\nID=fedora\n",
            "rhel" => "NAME='Red Hat Enterprise Linux'\nID=rhel\nID_LIKE=fedora\n",
            "suse" => "NAME='openSUSE Leap'\nID=opensuse-leap\nID_LIKE='suse opensuse'\n",
            "arch" => "NAME='Arch Linux'\nID=arch\n",
            "alpine" => "NAME='Alpine Linux'\nID=alpine\n",
            "gentoo" => "NAME=Gentoo\nID=gentoo\n",
            "void" => "NAME=Void\nID=void\n",
            _ => "NAME=Other\nID=other\n",
        });
        switch (system)
        {
            case "debian" or "ubuntu" when !items.Contains("-lists"):
                World.Write("/var/lib/apt/lists/x_main_binary-amd64_Packages",
                    "Package: python3-requests\nVersion: 2.28.1+dfsg-1\nDescription: x\n\n");
                break;
            case "fedora" or "rhel":
                File.Delete(World.OnDisk(ManagedWorld.MarkerPath));
                break;
            case "arch":
                IndexArchives.Write(World, "/var/lib/pacman/sync/extra.db", ("python-requests-2.32.3-4/desc", "%NAME%\npython-requests\n"));
                break;
            case "alpine":
                IndexArchives.Write(World, "/var/cache/apk/APKINDEX.1.tar.gz", ("APKINDEX", "C:x\nP:py3-requests\nV:2.32.3-r0\n\n"));
                break;
            case "gentoo":
                World.Write("/var/db/repos/gentoo/dev-python/requests/requests-2.32.3.ebuild", "");
                break;
        }
        foreach (string item in items)
        {
            if (item.StartsWith('$'))
            {
                World.Set(item[1..].Split('=')[0], item.Split('=')[1]);
            }
            else if (item.StartsWith('/'))
            {
                World.Write(item, "");
            }
            else if (item.Contains('.', StringComparison.Ordinal))
            {
                World.Write("/home/user/project/" + item, "");
            }
            else if (!item.StartsWith('-'))
            {
                World.Write("/usr/bin/" + item, "", executable: true);
            }
        }
        if (system is not "conda")
        {
            return _managed.Read() with { Root = null };
        }
        World.Python("/conda", "3.11.2").Write("/conda/conda-meta/history", "");
        return _managed.Read("/conda/bin/python3.11") with { Root = null };
    }
}
