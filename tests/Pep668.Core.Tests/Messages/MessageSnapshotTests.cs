using Pep668.Markers;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;

namespace Pep668.Tests.Messages;

/// <summary>The messages of Core, in files for reviewers.</summary>
public sealed class MessageSnapshotTests : IDisposable
{
    private const string Folder = "tests/Pep668.Core.Tests/Messages";
    private const string Refusals = "Refusals.txt";
    private const string Marker = """
        [externally-managed]
        Error=To install Python packages system-wide, try apt install
         python3-xyz, where xyz is the package you are trying to
         install.

        """;

    private readonly World _world = new World { UserId = 1000 }.Python("/usr", "3.11.2", Marker)
        .Write("/etc/os-release", "ID=debian\nNAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Messages_are_those_of_the_files()
    {
        using var catalog = new MessageCatalog();
        MessageSnapshot.Compare(Folder, MessageSnapshot.Files(catalog.ForReaders(typeof(Failure).Assembly)), Refusals);
    }

    [Fact]
    public void Refusals_are_those_of_the_file()
    {
        string[] texts =
        [
            Case("install", Install("requests")),
            Case("install with options", Install("requests>=2") with
            {
                Upgrade = true, NoIndex = true, FindLinks = ["/srv/wheels"], Requirements = ["/home/user/project/requirements.txt"],
            }),
            Case("uninstall", Install("requests") with { Action = PipAction.Uninstall }),
            Case("pip is older than 23.0", Install("requests"), "22.3.1"),
            Case("--target into the system's folder", Install("requests") with
            {
                Arguments = ["--target", "/usr/lib/python3.11/site-packages"],
            }),
            Case("--prefix", Install("requests") with { Arguments = ["--prefix=/usr"] }),
            Case("--user", Install("requests") with { Arguments = ["--user"] }),
            Case("PIP_TARGET", Install("requests"), set: world => world.Set("PIP_TARGET", "/usr/lib/python3.11/site-packages")),
            Case("pip requires a virtual environment", Install("requests"), set: world => world.Set("PIP_REQUIRE_VIRTUALENV", "1")),
            Case("override that pip 23.0 does not have", Install("requests") with { BreakSystemPackages = true }, "23.0"),
            Case("override by a variable", Install("requests"), set: world => world.Set("PIP_BREAK_SYSTEM_PACKAGES", "1")),
            Case("active environment was moved", Install("requests"), set: world => world.Set("VIRTUAL_ENV", "/home/user/project/gone")),
            Case("virtual environment in this folder", Install("requests"),
                set: world => world.Venv("/home/user/project/.venv", "/usr", "3.11.2")),
            Case("project of uv", Install("requests"),
                set: world => world.Write("/home/user/project/uv.lock", "").Write("/home/user/project/pyproject.toml", "")),
            Case("pipx and uv on PATH", Install("requests"),
                set: world => world.Write("/usr/bin/pipx", "", executable: true).Write("/usr/bin/uv", "", executable: true)),
            Case("container", Install("requests"), set: world => world.Write("/.dockerenv", "")),
            Case("uv", Install("requests") with
            {
                Installer = PipInstaller.Uv,
            }, set: world => world.Write("/usr/bin/uv", "", executable: true)),
        ];
        MessageSnapshot.CompareOne(Folder, Refusals,
            "# Refusals: what 'Invoke-PipInstall' and 'pep668 install' report.\n\n" + string.Join('\n', texts));
    }

    private PipRequest Install(string package) => new(PipAction.Install, new PythonEnvironment())
    {
        Packages =
            [PipTarget.TryParse(package, _world.Machine, out PipTarget? target, out _)
                ? target
                : throw new ArgumentException(package, nameof(package))],
    };

    private static string Case(string title, PipRequest request, string pip = "24.2", Action<World>? set = null)
    {
        using World world = new World { UserId = 1000 }.Python("/usr", "3.11.2", Marker)
            .Write("/etc/os-release", "ID=debian\nNAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n")
            .Write("/usr/lib/python3.11/site-packages/pip/__init__.py", $"__version__ = '{pip}'\n");
        set?.Invoke(world);
        PythonEnvironment environment = world.OnLinux().ReadOne("/usr/bin/python3.11").Environment! with { Root = null };
        request = request with { Environment = environment };
        PipVerdict verdict =
            PipPolicy.Decide(world.Machine, request, MarkerLanguage.Untranslated, PipProgram.Choose(world.Machine, request).OrNull());
        IEnumerable<Message> messages = verdict.Warnings.Select(one => Make("warning", one.Message, one.Remedies));
        string[] explanation = [];
        if ((verdict.Refusal ?? verdict.Overridden) is Failure failure)
        {
            messages = messages.Append(Make("error", failure.Message, failure.Remedies, failure.Id, failure.Details));
            explanation = [.. failure.Target is Refusal refusal ? refusal.Explanation : []];
        }
        return $"{title}\n{string.Concat(messages.Select(MessageSnapshot.Text))}{string.Concat(explanation.Select(line => $"    verbose: " +
            $"{line}\n"))}"
            .Replace(world.Folder, "", StringComparison.Ordinal);
    }

    private static Message Make(string kind, string text, IReadOnlyList<Remedy> remedies, FailureId? id = null, string? details = null) =>
        new(null, kind, id, text, details, remedies, []);
}
