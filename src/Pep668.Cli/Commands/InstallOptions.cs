using System.CommandLine;
using Pep668.Pip.Requests;

namespace Pep668.Cli.Commands;

/// <summary>What <c>pep668 install</c> and <c>pep668 plan</c> read: the packages, where they come from, and the program
/// that installs them.</summary>
internal sealed class InstallOptions
{
    /// <summary>The option for arguments of pip or uv.</summary>
    internal const string ArgumentOption = "--argument";

    internal Argument<string[]> Packages { get; } = new("package")
    {
        Description = "Specifies requirements, paths of projects or wheels, or URLs.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    internal Option<string[]> Requirements { get; } = Values("Specifies a requirements file.", "file", "--requirement", "-r");

    internal Option<string[]> Constraints { get; } = Values("Specifies a constraints file.", "file", "--constraint", "-c");

    internal Option<string[]> Editables { get; } =
        Values("Specifies a project to install in editable mode.", "project", "--editable", "-e");

    internal Option<bool> Upgrade { get; } =
        CompanionOptions.Switch("--upgrade", "Installs newer versions of installed packages.", "-U");

    internal Option<string?> Index { get; } = new("--index-url", "-i")
    {
        Description = "Specifies the package index, instead of the configured one.",
        HelpName = "url",
    };

    internal Option<string[]> ExtraIndexes { get; } = Values("Specifies a further package index.", "url", "--extra-index-url");

    internal Option<bool> NoIndex { get; } = CompanionOptions.Switch("--no-index", "Uses no package index.");

    internal Option<string[]> FindLinks { get; } =
        Values("Specifies a folder, file or page with distributions.", "location", "--find-links", "-f");

    internal Option<PipInstaller> Installer { get; } =
        CompanionOptions.Choice<PipInstaller>("--installer", "Specifies the program that installs packages.");

    internal Option<string[]> Arguments { get; } =
        Values("Specifies an argument for pip or uv, such as --argument=--no-deps.", "argument", ArgumentOption, "-a");

    /// <summary>What is to be installed.</summary>
    internal PipInput Input(ParseResult result) => new(PipAction.Install)
    {
        Packages = result.GetValue(Packages) ?? [],
        Requirements = result.GetValue(Requirements) ?? [],
        Constraints = result.GetValue(Constraints) ?? [],
        Editables = result.GetValue(Editables) ?? [],
        FindLinks = result.GetValue(FindLinks) ?? [],
    };

    /// <summary>The other options.</summary>
    internal PipRequest Rest(ParseResult result, PythonEnvironment environment) => new(PipAction.Install, environment)
    {
        Upgrade = result.GetValue(Upgrade),
        IndexUrl = result.GetValue(Index),
        ExtraIndexUrls = result.GetValue(ExtraIndexes) ?? [],
        NoIndex = result.GetValue(NoIndex),
        Installer = result.GetValue(Installer),
        Arguments = result.GetValue(Arguments) ?? [],
    };

    private static Option<string[]> Values(string description, string valueName, string name, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = valueName };
}
