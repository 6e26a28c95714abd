using System.Reflection;
using System.Text.Json;
using Pep668.Shells;

namespace Pep668.Tests.Shells;

/// <summary>Every message of Core, and every remedy in the shells. That the module and the companion have the commands
/// and parameters is tested with them.</summary>
public sealed class EveryRemedyTests(PwshSession pwsh, ITestOutputHelper output) : IDisposable
{
    private static readonly Assembly Core = typeof(Failure).Assembly;

    private readonly MessageCatalog _catalog = new();

    public void Dispose() => _catalog.Dispose();

    [Fact]
    public void Messages_have_the_required_form()
    {
        IReadOnlyList<Message> messages = _catalog.Plain(Core);
        output.WriteLine($"{messages.Count} messages of {MessageCatalog.Methods(Core).Count} methods");
        AssertNone(messages.SelectMany(message => MessageRules.FaultsOf(message)
            .Concat(message.Remedies.SelectMany(MessageRules.FaultsOf)).Select(fault => $"{message.Source}: {fault}: {message.Text}")));
    }

    [Fact]
    public void Remedies_with_hostile_values_have_the_required_form() => AssertNone(
        _catalog.Hostile(Core, TestExtent.Count(12)).SelectMany(message =>
            message.Remedies.SelectMany(MessageRules.FaultsOf).Select(fault => $"{message.Source}: {fault}")));

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    public void Posix_shell_reads_every_remedy(string shell)
    {
        Assert.SkipUnless(Tool.Exists(shell), "needs " + shell);
        (Remedy Remedy, string Command)[] all = [.. Remedies(PosixRenderer.Instance)];
        output.WriteLine($"{all.Length} commands");
        IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> calls =
            ShellOracle.Calls(shell, RemedyCalls.Programs(all.Select(one => one.Remedy)), [.. all.Select(one => one.Command)]);
        Assert.All(all.Zip(calls), one => RemedyCalls.AssertCalls(one.First.Remedy, one.Second));
    }

    [Fact]
    public void Cmd_reads_every_remedy()
    {
        (Remedy Remedy, string Command)[] all = [.. Remedies(CmdRenderer.Instance)];
        Assert.All(all, one => Assert.Equal(one.Remedy.Steps.Count, CmdReader.Calls(one.Command).Count));
        foreach ((Remedy remedy, string command) in all)
        {
            Assert.All(remedy.Steps.Zip(CmdReader.Calls(command)).Where(pair => pair.First is ProgramStep),
                pair => Assert.Equal(((ProgramStep)pair.First).Arguments, pair.Second));
        }
    }

    [Fact]
    public void PowerShell_parses_every_remedy_as_its_steps()
    {
        (Remedy Remedy, string Command)[] all = [.. Remedies(PowerShellRenderer.Instance)];
        string json = pwsh.Run("""
            foreach ($command in $data) {
                $tokens = $errors = $null
                $script = [System.Management.Automation.Language.Parser]::ParseInput($command, [ref] $tokens, [ref] $errors)
                $found = $script.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
                $out.Add(@($errors.Count; $script.EndBlock.Statements.Count) + @($found | ForEach-Object { $_.GetCommandName() }))
            }
            """, JsonSerializer.Serialize(all.Select(one => one.Command)));
        JsonElement[][] found = JsonSerializer.Deserialize<JsonElement[][]>(json)!;
        foreach (((Remedy remedy, string command), JsonElement[] words) in all.Zip(found))
        {
            string[] expected = ["0", "1", .. remedy.Steps.Select(CommandName)];
            Assert.True(expected.SequenceEqual(words.Select(word => word.ToString())), $"{command}\n{string.Join(' ', words)}");
        }
        Assert.Equal(all.Length, found.Length);
    }

    private static string CommandName(RemedyStep step) => step switch
    {
        ProductStep product => ProductCommandNames.All[product.Command].Cmdlet,
        ProgramStep program => program.NeedsRoot ? "sudo" : program.Arguments[0],
        RemovePathStep { NeedsRoot: true } => "sudo",
        _ => "Remove-Item",
    };

    private IEnumerable<(Remedy Remedy, string Command)> Remedies(CommandRenderer shell) =>
        from remedy in _catalog.Plain(Core).Concat(_catalog.Hostile(Core, TestExtent.Count(12))).SelectMany(message => message.Remedies)
        let callable = remedy.Callable()
        let command = shell.Render(callable)
        where command is not null
        group callable by command into same
        select (same.First(), same.Key);

    private static void AssertNone(IEnumerable<string> faults)
    {
        string[] distinct = [.. faults.Distinct(StringComparer.Ordinal)];
        Assert.True(distinct.Length == 0, $"{distinct.Length} faults:\n{string.Join('\n', distinct.Take(60))}");
    }
}
