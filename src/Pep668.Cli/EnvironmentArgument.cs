using System.CommandLine;
using System.CommandLine.Parsing;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;

namespace Pep668.Cli;

/// <summary>The argument that says which environment, and the root it may be under.</summary>
internal static class EnvironmentArgument
{
    internal static Argument<string?> Create()
    {
        var environment = new Argument<string?>("environment")
        {
            Description =
                "A path, a name, a version or specifier; none: the active one, else the nearest .venv upward, else the default Python.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        environment.Validators.Add(RefuseUnknownOptions);
        return environment;
    }

    /// <summary>A misspelt option is bad usage, not an environment that was not found; a path that starts so is written
    /// <c>./-path</c>.</summary>
    internal static void RefuseUnknownOptions(ArgumentResult result)
    {
        foreach (Token token in result.Tokens.Where(token => token.Value.StartsWith('-')))
        {
            result.AddError($"Unrecognized option '{token.Value}'.");
        }
    }

    /// <summary>Resolves it; reports why it cannot be resolved.</summary>
    internal static PythonEnvironment? Resolve(Machine machine, string? text, Output output, out int code)
    {
        var resolver = new EnvironmentResolver(new EnvironmentCatalog(machine));
        Outcome<PythonEnvironment> resolution = text is null ? resolver.Implied() : resolver.Resolve(text);
        output.Notices(resolution.Notices);
        code = resolution.TryGet(out PythonEnvironment? found, out Failure? failure) ? ExitCodes.Done : output.Fail(failure);
        return found;
    }

    /// <summary>The machine, or the one below a root; null, and why, when that cannot be.</summary>
    internal static Machine? MachineUnder(Machine machine, string? root, bool verify, Output output, out int code)
    {
        code = ExitCodes.Done;
        if (root is null)
        {
            return machine;
        }
        string folder = machine.Absolute(root);
        Failure? failure =
            verify ? new(FailureId.OfflineEnvironment, "Nothing below a root is run, so --verify cannot be used with --root.", root,
                $"pep668 list --root '{root}'")
            : !FileTree.Host.IsDirectory(folder)
                ? new(FailureId.EnvironmentNotFound, $"The root '{folder}' is no folder.", root, "ls -d */")
            : null;
        if (failure is not null)
        {
            code = output.Fail(failure);
            return null;
        }
        return Machine.Under(folder);
    }
}
