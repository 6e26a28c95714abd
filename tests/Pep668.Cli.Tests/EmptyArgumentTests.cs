using System.CommandLine;
using Pep668.Cli;
using Pep668.Cli.Commands;

namespace Pep668.Tests;

/// <summary>A value that names nothing is wrong usage: an empty path would be the working folder.</summary>
public sealed class EmptyArgumentTests : IDisposable
{
    private static readonly RootCommand Program =
        CompanionCommands.Create(Machines.Machine.Current(), new Output(TextWriter.Null, TextWriter.Null));

    private readonly Companion _companion = new();

    public EmptyArgumentTests() => _companion.World.Python("/usr", "3.11.2");

    public void Dispose() => _companion.Dispose();

    /// <summary>Every argument and option with a value, of every command.</summary>
    public static TheoryData<string, string> Values => new(
        from command in CompanionCommands.Leaves(Program)
        from symbol in command.Arguments.Cast<Symbol>().Concat(command.Options.Where(one => one.Arity.MaximumNumberOfValues > 0))
        select (CompanionCommands.NameOf(command)!, symbol is Argument ? "" : symbol.Name));

    [Theory]
    [MemberData(nameof(Values))]
    public void Empty_value_is_wrong_usage(string command, string option)
    {
        string[] words = command.Split(' ');
        string[][] lines = option.Length == 0 ? [[.. words, ""], [.. words, " \t"], [.. words, "x", ""]]
            : [[.. words, "x", option, ""], [.. words, "x", option, " \n"]];
        foreach (string[] line in lines.Where(one => option != MarkerCommand.LanguageOption || one[^1].Length > 0))
        {
            IReadOnlyList<string> errors = UsageErrors.Find(Program.Parse(line, CompanionCommands.Parser), line);
            Assert.True(errors.Count > 0, string.Join('|', line));
        }
    }

    [Fact]
    public void Empty_language_is_the_untranslated_text() => Assert.Empty(UsageErrors.Find(
        Program.Parse(["marker", "--language", ""], CompanionCommands.Parser), ["marker", "--language", ""]));

    [Theory]
    [InlineData("venv", "")]
    [InlineData("venv", "", "--force")]
    [InlineData("venv", " ", "--force")]
    [InlineData("venv", "--python", "")]
    [InlineData("list", "--recurse", "")]
    [InlineData("list", "--root", "")]
    [InlineData("list", "-E", "")]
    [InlineData("install", "", "-E", ".")]
    [InlineData("check", "")]
    public void Empty_argument_changes_nothing(params string[] arguments)
    {
        _companion.Venv("/home/user/project", "/usr", "3.11.2");
        _companion.World.Write("/home/user/project/lib/mine", "mine");
        string before = TreeSnapshot.Describe(_companion.Folder);
        CompanionResult result = _companion.RunHere(arguments).Exits(2);
        Assert.Empty(result.Output);
        Assert.Contains(" is empty.\n", result.Error);
        Assert.Equal(before, TreeSnapshot.Describe(_companion.Folder));
    }

    [Fact]
    public void Venv_without_a_path_is_dot_venv_and_takes_an_empty_folder()
    {
        using var world = new RemedyWorld();
        Directory.CreateDirectory(world.Venv);
        Assert.StartsWith(world.Venv + ": Python ", world.Shell($"pep668 venv --without-pip -p {world.Python}").Checked().Output);
        Assert.True(File.Exists(Path.Combine(world.Venv, "pyvenv.cfg")));
        string mine = Path.Combine(world.Venv, "lib", "mine");
        File.WriteAllText(mine, "mine");
        Assert.Equal(2, world.Shell($"pep668 venv --without-pip -p {world.Python}").ExitCode);
        Assert.True(File.Exists(mine));
    }
}
