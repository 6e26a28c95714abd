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
            OverridesCommand.Create(machine, output),
        };
        if (!HostPlatform.IsWindows)
        {
            // Elsewhere these are paths.
            HelpOption help = root.Options.OfType<HelpOption>().Single();
            help.Aliases.Remove("/h");
            help.Aliases.Remove("/?");
        }
        return root;
    }
}
