using System.Collections.Concurrent;
using System.CommandLine;
using System.Reflection;
using Pep668.Cli;
using Pep668.Machines;

namespace Pep668.Tests;

/// <summary><c>pep668 --help</c> and <c>pep668 COMMAND --help</c>.</summary>
public sealed class HelpTests : IDisposable
{
    private static readonly RootCommand Root = CompanionCommands.Create(Machine.Current(), new Output(TextWriter.Null, TextWriter.Null));

    private static readonly ConcurrentDictionary<string, string> Written = new(StringComparer.Ordinal);

    private readonly Companion _companion = new();

    public static TheoryData<string> Pages =>
        ["", .. Root.Subcommands.Concat(Root.Subcommands.SelectMany(one => one.Subcommands)).Select(one => CompanionCommands.NameOf(one)!)];

    public void Dispose() => _companion.Dispose();

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("check", "-?")]
    [InlineData("install", "requests", "--help")]
    [InlineData("list", "--jsn", "--help")]
    [InlineData("--version")]
    public void Help_is_written_to_stdout(params string[] arguments)
    {
        CompanionResult result = _companion.Run(arguments).Exits(0);
        Assert.NotEmpty(result.Output);
        Assert.Empty(result.Error);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Help_has_at_most_80_columns_and_no_blank_at_the_end_of_a_line(string page) =>
        Assert.All(Help(page).Split('\n'), line => Assert.True(line.Length <= 80 && line == line.TrimEnd(), $"{line.Length}: '{line}'"));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Help_lists_every_name_of_a_command_in_one_style(string page)
    {
        string help = Help(page);
        Command command = CommandOf(page);
        Symbol[] symbols = [command, .. command.Subcommands, .. command.Arguments, .. command.Options];
        Assert.All(command.Options, option => Assert.All(option.Aliases.Append(option.Name),
            name => Assert.Matches($"(?m)^  (-.*, )?{name.Replace("?", "\\?", StringComparison.Ordinal)}(,| |$)", help)));
        Assert.All(command.Subcommands.Select(one => one.Name).Concat(command.Arguments.Select(one => $"<{one.Name}>")),
            name => Assert.Contains($"\n  {name} ", help));
        Assert.All(symbols, one => Assert.Matches(@"^[A-Z][a-z]+s .*\.$", one.Description));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Help_has_examples_that_can_be_typed(string page)
    {
        string help = Help(page);
        Command command = CommandOf(page);
        IReadOnlyList<Example> examples = command is CompanionCommand its ? its.Examples : CompanionCommands.Examples;
        Assert.InRange(examples.Count, 2, 4);
        Assert.All(examples, example =>
        {
            Assert.Contains($"\n  pep668 {example.Arguments}\n      {example.Purpose}\n", help);
            Assert.Matches("^[A-Z][a-z]+s .*\\.$", example.Purpose);
            string[] words = example.Arguments.Split(' ');
            ParseResult parsed = Root.Parse(words, CompanionCommands.Parser);
            Assert.Empty(UsageErrors.Find(parsed, words));
            Assert.True(command == Root || CompanionCommands.PathTo(parsed.CommandResult.Command).Contains(command));
        });
    }

    [Fact]
    public void Help_lists_every_exit_code()
    {
        int[] codes = [.. typeof(ExitCodes).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Where(one => one.IsLiteral)
            .Select(one => (int)one.GetRawConstantValue()!)];
        string help = Help("");
        string section = help.Split("\nExit codes:\n")[1].Split("\nExamples:\n")[0];
        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.Matches($"(?m)^  {code} +[A-Z]", section));
    }

    [Fact]
    public void Documentation_has_the_help_of_the_program() =>
        Assert.Contains($"$ pep668 --help\n{Help("")}```\n", File.ReadAllText(SourceTree.File("docs/companion.md")));

    private static Command CommandOf(string page) => page.Length == 0 ? Root
        : page.Split(' ').Aggregate((Command)Root, (group, name) => group.Subcommands.Single(one => one.Name == name));

    // Each page is written once.
    private string Help(string page) => Written.GetOrAdd(page, one =>
        _companion.RunHere([.. one.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Exits(0).Output);
}
