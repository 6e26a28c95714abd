using Pep668.Discovery.Resolution;
using Pep668.Machines;

namespace Pep668.Venvs.Removal;

/// <summary>
/// The environment that a text names, where it is to be removed. A path that exists is only a path, a name must be that
/// of one virtual environment, and a version is refused: nothing that the user did not name is removed.
/// </summary>
internal static class RemovalTarget
{
    /// <summary>Resolves a text.</summary>
    /// <param name="resolver">The resolver of the machine.</param>
    /// <param name="text">A path or a name.</param>
    internal static Outcome<PythonEnvironment> Resolve(EnvironmentResolver resolver, string text)
    {
        Machine machine = resolver.Machine;
        if (!string.IsNullOrWhiteSpace(text) && (machine.HasCurrentDirectory || Path.IsPathRooted(text))
            && machine.Absolute(text) is string path && machine.Files.LinkStat(path).Kind != FileKind.Missing)
        {
            return Explain(machine, resolver.AtPath(path));
        }
        if (string.IsNullOrWhiteSpace(text) || EnvironmentResolver.IsPath(text))
        {
            return resolver.Resolve(text);
        }
        PythonEnvironment[] named = resolver.Named(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        PythonEnvironment[] virtuals = [.. named.Where(one => one.IsVirtual)];
        return virtuals.Length > 1 ? RemovalMessages.Ambiguous(text, virtuals)
            : virtuals.Length == 1 ? virtuals[0]
            : named.Length > 0 ? named[0]
            : !EnvironmentResolver.IsVersion(text) ? RemovalMessages.NotFound(text)
            : RemovalMessages.Version(text, isFound: resolver.ResolveAll(text).Failure is null);
    }

    /// <summary>The same outcome, with the error that a folder is not a virtual environment.</summary>
    /// <param name="machine">Where it was resolved.</param>
    /// <param name="resolution">An environment, or why it was not found.</param>
    internal static Outcome<PythonEnvironment> Explain(Machine machine, Outcome<PythonEnvironment> resolution) =>
        resolution.Failure is { Id: FailureId.EnvironmentNotFound, Target: string path } && Path.IsPathFullyQualified(path)
        && machine.Files.TryList(path) is not null
            ? RemovalMessages.NoConfig(path)
            : resolution;
}
