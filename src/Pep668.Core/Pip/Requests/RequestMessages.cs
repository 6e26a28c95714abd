using Pep668.Environments;
using Pep668.Requirements;

namespace Pep668.Pip.Requests;

/// <summary>The errors of what a user typed for pip, before anything is run.</summary>
internal static class RequestMessages
{
    /// <summary>Below a root no program is run.</summary>
    internal static Failure BelowRoot(PythonEnvironment environment) => new(
        FailureId.OfflineEnvironment, $"'{environment.Executable}' is below the root '{environment.Root}', where no program is run.",
        environment, CommonRemedies.ListEnvironments());

    /// <summary>The environment is broken.</summary>
    internal static Failure Broken(PythonEnvironment environment) => new(
        FailureId.VenvBroken, $"'{environment.Prefix}' is broken: {EnvironmentMessages.Clause(environment.Problem!)}", environment,
        environment.IsVirtual ? CommonRemedies.RepairVenv(environment) : [CommonRemedies.ListEnvironments()]);

    /// <summary>Neither a package nor a file was given.</summary>
    internal static Failure Nothing(PipAction action) => new(
        FailureId.InvalidRequirement, $"No package to {(action == PipAction.Install ? "install" : "remove")} was given.", null);

    /// <summary>A text that is neither a requirement nor a path nor a URL.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="corrected">What is probably meant; null if that is not known.</param>
    /// <param name="again">The command with that text in its place.</param>
    internal static Failure InvalidRequirement(string text, RequirementProblem problem, string? corrected, ProductStep again) => new(
        FailureId.InvalidRequirement, 
        $"Invalid requirement '{problem.Text}': {Uncapitalized(problem.Message.TrimEnd('.'))}{Place(problem)}.",
        UrlCredentials.Redact(text), corrected is null ? [] : [new Remedy($"uses '{corrected}' instead", again)]);

    /// <summary>pip or uv would stop with an error of usage.</summary>
    /// <param name="tool">What would run.</param>
    /// <param name="problem">What is wrong, as a clause.</param>
    /// <param name="arguments">The user's own arguments.</param>
    internal static Failure InvalidArguments(string tool, string problem, IReadOnlyList<string> arguments) => new(
        FailureId.InvalidRequirement, $"{tool} cannot read its arguments: {problem}.", UrlCredentials.Redact(string.Join(' ', arguments)));

    /// <summary>A virtual environment where a project is expected: <c>-e</c> instead of <c>-E</c>.</summary>
    /// <param name="folder">The folder as it was typed.</param>
    /// <param name="action">What pip is to do.</param>
    /// <param name="again">The command in that environment; null if nothing else was typed.</param>
    internal static Failure IsVirtualEnvironment(string folder, PipAction action, ProductStep? again) => new(
        FailureId.InvalidRequirement, $"'{folder}' is a virtual environment, not a project.", folder,
        again is null ? [] : [new Remedy(action == PipAction.Install ? "installs into it" : "removes from it", again)]);

    /// <summary>Something to remove that is not a name.</summary>
    internal static Failure NotAName(PipTarget target, ProductStep again) => new(
        FailureId.InvalidRequirement, $"'{target.Redacted}' is not the name of a package; packages are removed by name.", target.Redacted,
        target.Name is string name ? [new Remedy($"removes {name}", again)] : []);

    /// <summary>A requirements or constraints file that does not exist.</summary>
    internal static Failure NoFile(string file) => new(FailureId.InvalidRequirement, $"The file '{file}' does not exist.", file);

    /// <summary>uv was requested and was not found.</summary>
    internal static Failure NoUv(PipRequest request) => new(
        FailureId.UvNotFound, "uv was not found on PATH, in ~/.local/bin or in ~/.cargo/bin.", "uv",
        new Remedy("uses pip", (request with { Installer = PipInstaller.Auto }).ToStepIn(request.Environment)));

    /// <summary>Neither the environment nor its Python has a pip.</summary>
    internal static Failure NoPip(PythonEnvironment environment, bool triedUv, IReadOnlyList<Remedy> remedies) => new(
        FailureId.PipNotFound, $"'{environment.Executable}' has no pip and bundles no wheel of it"
            + (triedUv ? ", and uv was not found." : "."), environment, remedies);

    // What is wrong with the first character is wrong with the whole text.
    private static string Place(RequirementProblem problem) => problem.TextPosition == 0 ? ""
        : FormattableString.Invariant($" at character {problem.TextPosition + 1}");

    private static string Uncapitalized(string text) =>
        text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
}
