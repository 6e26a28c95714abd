using Pep668.Cli;

namespace Pep668.Tests;

/// <summary>What the companion writes, in files for reviewers.</summary>
public sealed class MessageSnapshotTests : IDisposable
{
    private const string Folder = "tests/Pep668.Cli.Tests/Messages";

    private readonly Companion _companion = new();

    public void Dispose() => _companion.Dispose();

    // What depends on the machine, such as its Pythons and refusals, is in the files of Core's messages.
    [Fact]
    public void Messages_are_those_of_the_files()
    {
        using var catalog = new MessageCatalog();
        string help =
            Runs([["--help"], ["list", "--help"], ["check", "--help"], ["marker", "--help"], ["venv", "--help"], ["install", "--help"],
            ["uninstall", "--help"], ["overrides", "--help"], ["packages", "--help"],
            ["app", "--help"], ["app", "install", "--help"], ["app", "update", "--help"]]);
        _companion.World.Python("/usr", "3.11.2", "[externally-managed]\nError=Use apt.\n")
            .Write("/usr/lib/python3.11/site-packages/pip/__init__.py", "__version__ = '24.2'\n");
        _companion.Venv("/home/user/project/sound", "/usr", "3.11.2");
        string usage = Runs([[], ["nothing"], ["chekc"], ["list", "--nothing"], ["list", "--jsn"], ["list", "-x"], ["list", "--upgrade"],
            ["list", "--root"], ["list", "--json=yes"], ["install", "--upgrde", "requests"], ["check", "sound", "-p", "sound"],
            ["install", "requests", "--installer", "conda"], ["install", "-e", "sound", "requests"],
            ["list", "--depth", "-1"], ["list", "./nowhere"],
            ["list", "--root", "./nowhere"], ["list", "--root", ".", "--verify"], ["check", "./nowhere"], ["check", "a", "b"],
            ["marker", "--file", "./nowhere"], ["venv"], ["venv", "--clear-cache", ".venv"], ["venv", "sound"],
            ["install"], ["install", "alpha=2.0"], ["install", "requests["], ["install", "-r", "nowhere.txt"], ["uninstall"],
            ["uninstall", "a>=1", "-E", "sound"], ["uninstall", "nothing", "-E", "sound"], ["install", "nothing", "-E", "./nowhere"],
            ["overrides", "./nowhere"], ["packages", "./nowhere"], ["packages", "sound"],
            ["packages", "sound", "--name", "pip"], ["packages", "sound", "--path", "."], ["packages", "--path", "nowhere"],
            ["app"], ["app", "lst"], ["app", "list", "--upgrade"], ["app", "list"], ["app", "list", "nothing"], ["app", "install"],
            ["app", "install", "requests["], ["app", "update"], ["app", "update", "--all"], ["app", "update", "--all", "x"],
            ["app", "update", "nothing", "--installer", "pip"], ["app", "uninstall", "nothing"],
            ["packages", "--path", "sound/pyvenv.cfg"], ["packages", "--path", ".", "--path", "sound", "--name", "pip"]]);
        MessageSnapshot.Compare(Folder,
            new Dictionary<string, string>(MessageSnapshot.Files(catalog.ForReaders(typeof(Output).Assembly)), StringComparer.Ordinal)
        {
            ["Help.txt"] = help, ["Usage.txt"] = usage,
        });
    }

    private string Runs(IReadOnlyList<string[]> commands) => string.Join('\n', commands.Select(arguments =>
    {
        CompanionResult result = _companion.RunHere(arguments);
        string text = (result.Output + result.Error).Replace(_companion.World.Folder, "", StringComparison.Ordinal);
        string lines = string.Join('\n', text.TrimEnd().Split('\n').Select(line => line.Length == 0 ? "" : "  " + line.TrimEnd()));
        return $"$ pep668 {string.Join(' ', arguments.Select(Pep668.Shells.PosixRenderer.Instance.Quote))}    (exit code " +
            $"{result.ExitCode})\n{lines}\n";
    }));
}
