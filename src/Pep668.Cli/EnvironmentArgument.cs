using System.CommandLine;
using System.CommandLine.Parsing;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Cli;

/// <summary>The argument that names an environment, and the option that names a root.</summary>
internal static class EnvironmentArgument
{
    internal static Argument<string?> Create()
    {
        var environment = new Argument<string?>("environment")
        {
            Description = "Specifies the environment: a path, a name, a version or specifier. Default: the active one, else the nearest "
                + ".venv, else the default Python.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        environment.Validators.Add(RefuseUnknownOptions);
        return environment;
    }

    /// <summary>The option for a root.</summary>
    internal static Option<string?> Root() => new("--root")
    {
        Description = "Specifies a folder that is used as /, such as an unpacked image. No program in it is run.",
        HelpName = "folder",
    };

    /// <summary>A misspelt option is wrong usage, not an environment that was not found. A path that begins with a dash
    /// is written <c>./-path</c>.</summary>
    internal static void RefuseUnknownOptions(ArgumentResult result)
    {
        foreach (Token token in result.Tokens.Where(token => token.Value.StartsWith('-')))
        {
            result.AddError(CompanionMessages.UnknownOption(token.Value));
        }
    }

    /// <summary>Resolves the environment, and reports the failure if that is not possible.</summary>
    internal static PythonEnvironment? Resolve(Machine machine, string? text, Output output, out int code)
    {
        var resolver = new EnvironmentResolver(new EnvironmentCatalog(machine));
        Outcome<PythonEnvironment> resolution = text is null ? resolver.Implied() : resolver.Resolve(text);
        output.Notices(resolution.Notices);
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
