using System.CommandLine;
using System.CommandLine.Parsing;
using System.Reflection;
using Pep668.Cli;
using Pep668.Machines;
using Pep668.Shells;

namespace Pep668.Tests;

/// <summary>Every remedy is parsed by the companion's own parser, from the words that a real shell makes of its
/// command.</summary>
public sealed class EveryRemedyTests : IDisposable
{
    private static readonly Assembly[] Assemblies = [typeof(Failure).Assembly, typeof(CompanionCommands).Assembly];

    private readonly MessageCatalog _catalog = new();
    private readonly RootCommand _root = CompanionCommands.Create(Machine.Current(), new Output(TextWriter.Null, TextWriter.Null));

    public void Dispose() => _catalog.Dispose();

    [Fact]
    public void Companion_has_every_command_and_parameter()
    {
        foreach (ProductCommandNames names in ProductCommandNames.All.Values.Where(one => one.Companion is not null))
        {
            Command command = Assert.Single(CompanionCommands.Leaves(_root), one => CompanionCommands.NameOf(one) == names.Companion);
            Assert.All(names.Parameters, parameter => Assert.True(parameter.Companion switch
            {
                null => true,
                "" => command.Arguments.Count == 1,
                string option => command.Options.Any(one => one.Name == option),
            }, $"{names.Companion} has no {parameter}"));
        }
    }

    [Fact]
    public void Messages_have_the_required_form()
    {
        string[] faults = [.. _catalog.Plain(typeof(CompanionCommands).Assembly).SelectMany(message => MessageRules.FaultsOf(message)
            .Concat(message.Remedies.SelectMany(MessageRules.FaultsOf)).Select(fault => $"{message.Source}: {fault}: {message.Text}"))
            .Distinct()];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Values_of_every_remedy_come_back_from_the_parser()
    {
        Assert.SkipUnless(Tool.Exists("dash"), "needs dash");
        (Remedy Remedy, string Command)[] all = [.. Remedies().DistinctBy(one => one.Command)];
        IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> calls =
            ShellOracle.Calls("dash", RemedyCalls.Programs(all.Select(one => one.Remedy)), [.. all.Select(one => one.Command)]);
        var faults = new List<string>();
        foreach (((Remedy remedy, string command), IReadOnlyList<IReadOnlyList<string>> found) in all.Zip(calls))
        {
            ProductStep[] steps = [.. remedy.Steps.OfType<ProductStep>()];
            IReadOnlyList<string>[] ours =
                [.. found.Select(call => call[0] is "sudo" ? [.. call.Skip(1)] : call).Where(call => call[0] is "pep668")];
            Assert.Equal(steps.Length, ours.Length);
            faults.AddRange(steps.Zip(ours).SelectMany(one => Faults(one.First, one.Second)).Select(fault => $"{command}: {fault}"));
        }
        Assert.True(faults.Count == 0, $"{faults.Count} faults in {all.Length} commands:\n{string.Join('\n', faults.Take(40))}");
        Assert.NotEmpty(all);
    }

    private IEnumerable<(Remedy Remedy, string Command)> Remedies() =>
        from assembly in Assemblies
        from message in _catalog.Plain(assembly).Concat(_catalog.Hostile(assembly, TestExtent.Count(12)))
        from remedy in message.Remedies
        let callable = remedy.Callable()
        let command = PosixRenderer.Instance.Render(callable)
        where command is not null
        select (callable, command);

    private IEnumerable<string> Faults(ProductStep step, IReadOnlyList<string> call)
    {
        ParseResult parsed = _root.Parse([.. call.Skip(1)], CompanionCommands.Parser);
        ProductCommandNames names = ProductCommandNames.All[step.Command];
        foreach (ParseError error in parsed.Errors)
        {
            yield return error.Message;
        }
        Command command = parsed.CommandResult.Command;
        if (CompanionCommands.NameOf(command) != names.Companion)
        {
            yield return $"parsed as '{CompanionCommands.NameOf(command)}'";
            yield break;
        }
        foreach (ProductArgument argument in step.Arguments)
        {
            string? option = names.Find(argument.Parameter)!.Companion;
            if (option is null)
            {
                continue;
            }
            Symbol symbol = option.Length == 0 ? command.Arguments[0] : command.Options.Single(one => one.Name == option);
            string[] expected = [.. argument.Values.Select(value => option.Length == 0 && value.StartsWith('-') ? "./" + value : value)];
            SymbolResult? result = parsed.GetResult(symbol.Name);
            IReadOnlyList<Token> tokens = result switch { ArgumentResult one => one.Tokens, OptionResult one => one.Tokens, _ => [] };
            if (result is null || !expected.SequenceEqual(tokens.Select(token => token.Value)))
            {
                yield return $"{argument.Parameter} is {string.Join('|', tokens.Select(token => token.Value))}, not " +
                    $"{string.Join('|', expected)}";
            }
        }
    }
}
