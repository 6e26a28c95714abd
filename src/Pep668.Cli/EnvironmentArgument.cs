using System.CommandLine;
using System.CommandLine.Parsing;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Cli;

/// <summary>The environment of a command, as an argument or as an option; and the option that names a root.</summary>
internal sealed class EnvironmentArgument
{
    private const string Forms =
        "a path, a name, a version or a specifier. Default: the active one, else the nearest .venv, else the default Python.";

    /// <summary>The argument.</summary>
    internal Argument<string?> Argument { get; } = new("environment")
    {
        Description = $"Specifies the environment: {Forms}",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The option with the same meaning.</summary>
    internal Option<string?> Option { get; } = CreateOption<string?>("Specifies the environment, instead of the argument.");

    /// <summary>The option of a command without that argument.</summary>
    /// <typeparam name="T">A text, or several.</typeparam>
    /// <param name="description">Its description; null for the one of an environment.</param>
    internal static Option<T> CreateOption<T>(string? description = null) => new("--environment", "-E", "-p", "--python")
    {
        Description = description ?? $"Specifies the environment: {Forms}",
        HelpName = "environment",
    };

    /// <summary>What was given.</summary>
    internal string? Text(ParseResult result) => result.GetValue(Option) ?? result.GetValue(Argument);

    /// <summary>Whether one was given.</summary>
    internal bool IsGiven(CommandResult result) =>
        result.GetResult(Argument) is { Tokens.Count: > 0 } || result.GetResult(Option) is { Implicit: false };

    /// <summary>Both at once are an error.</summary>
    internal void RefuseBoth(CommandResult result)
    {
        if (result.GetResult(Argument) is { Tokens.Count: > 0 } && result.GetResult(Option)?.IdentifierToken?.Value is string typed)
        {
            result.AddError(CompanionMessages.EnvironmentTwice(typed));
        }
    }

    /// <summary>The option for a root.</summary>
    internal static Option<string?> Root() => new("--root")
    {
        Description = "Specifies a folder that is used as /, such as an unpacked image. No program in it is run.",
        HelpName = "folder",
    };

    /// <summary>Resolves the environment, and reports the failure if that is not possible.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="text">What was given; null for the environment that is used without it.</param>
    /// <param name="isVerbose">Whether to report the reasons.</param>
    /// <param name="output">Where all this is reported.</param>
    /// <param name="code">The exit code.</param>
    internal static PythonEnvironment? Resolve(Machine machine, string? text, bool isVerbose, Output output, out int code)
    {
        var resolver = new EnvironmentResolver(new EnvironmentCatalog(machine));
        Outcome<PythonEnvironment> resolution = text is null ? resolver.Implied() : resolver.Resolve(text);
        output.Explain(resolution, isVerbose);
        code = resolution.TryGet(out PythonEnvironment? found, out Failure? failure) ? ExitCodes.Done : output.Fail(failure);
        return found;
    }

    /// <summary>The machine, or the one below a root; null after a failure, which is reported.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="root">The root; null for the machine itself.</param>
    /// <param name="verified">The paths that are to be verified, which is not possible below a root; null without
    /// <c>--verify</c>.</param>
    /// <param name="output">Where a failure is reported.</param>
    /// <param name="code">The exit code.</param>
    internal static Machine? MachineUnder(
        Machine machine, string? root, IReadOnlyList<string>? verified, Output output, out int code)
    {
        code = ExitCodes.Done;
        if (root is null)
        {
            return machine;
        }
        string folder = machine.Absolute(root);
        Failure? failure =
            verified is not null ? EnvironmentMessages.VerifyBelowRoot(root, verified)
            : !FileTree.Host.IsDirectory(folder) ? EnvironmentMessages.NoRoot(root, FileTree.Host.Stat(folder).Kind != FileKind.Missing)
            : null;
        if (failure is not null)
        {
            code = output.Fail(failure);
            return null;
        }
        return Machine.Under(folder);
    }
}
