using System.CommandLine;
using System.CommandLine.Help;
using Pep668.Cli.Commands;
using Pep668.Machines;

namespace Pep668.Cli;

/// <summary>The commands of the companion.</summary>
internal static class CompanionCommands
{
    // An argument that begins with @ is a text, not the name of a file with more arguments.
    internal static ParserConfiguration Parser { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>The examples of the program.</summary>
    internal static IReadOnlyList<Example> Examples { get; } =
    [
        new("list", "Lists the Pythons and virtual environments on this machine."),
        new("check", "Tests whether pip may change the environment that is used here."),
        new("venv .venv", "Creates a virtual environment in this folder."),
        new("install requests -E .venv", "Installs a package in it."),
    ];

    /// <summary>The name of a command as it is typed, with that of its group; null for the program.</summary>
    internal static string? NameOf(Command command) =>
        command is RootCommand ? null : string.Join(' ', PathTo(command).Select(one => one.Name));

    /// <summary>A command and the groups that it is in, the outermost first, without the program.</summary>
    internal static IReadOnlyList<Command> PathTo(Command command) => command is RootCommand ? []
        : [.. command.Parents.OfType<Command>().SelectMany(PathTo), command];

    /// <summary>All commands of the program with what they do, without groups.</summary>
    internal static IEnumerable<Command> Leaves(Command command) =>
        command.Subcommands.SelectMany(one => one.Subcommands.Count == 0 ? [one] : Leaves(one));

    /// <summary>The root command with all others.</summary>
    /// <param name="machine">Where they work.</param>
    /// <param name="output">Where they write.</param>
    internal static RootCommand Create(Machine machine, Output output)
    {
        RootCommand root = new(
            "Lists the Pythons on a machine, shows which of them accept installs, and creates a virtual environment when one does not: the "
            + "solution for pip's externally-managed-environment error (PEP 668).")
        {
            ListCommand.Create(machine, output),
            CheckCommand.Create(machine, output),
            MarkerCommand.Create(machine, output),
            VenvCommand.Create(machine, output),
            PipChangeCommands.Install(machine, output),
            PipChangeCommands.Uninstall(machine, output),
            PlanCommand.Create(machine, output),
            PackagesCommand.Create(machine, output),
            ConflictsCommand.Create(machine, output),
            AdviseCommand.Create(machine, output),
            OverridesCommand.Create(machine, output),
            ApplicationCommands.Create(machine, output),
            LintCommand.Create(machine, output),
            ResourceCommand.Create(machine, output),
            AnsibleCommand.Create(machine, output),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Prints this help.";
        help.Action = new HelpPage();
        if (!HostPlatform.IsWindows)
        {
            // Elsewhere these are paths.
            help.Aliases.Remove("/h");
            help.Aliases.Remove("/?");
        }
        root.Options.OfType<VersionOption>().Single().Description = "Prints the version of this program.";
        return root;
    }
}
