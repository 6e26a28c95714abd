using Pep668.Text;

namespace Pep668.Venvs.Repair;

/// <summary>The errors, warnings and verbose lines about virtual environments that are tested and repaired. A defect is
/// a clause: it becomes a part of one of them.</summary>
internal static class RepairMessages
{
    /// <summary>The environment is not a virtual one.</summary>
    internal static Failure NotVirtual(PythonEnvironment environment) => new(
        FailureId.EnvironmentNotFound, $"'{environment.Executable}' is not a virtual environment.", environment,
        new Remedy("lists the virtual environments", new ProductStep(ProductCommand.ListEnvironments)
            .With(ProductParameter.Kind, nameof(EnvironmentKind.Virtual))));

    /// <summary>The environment has a defect that cannot be repaired.</summary>
    internal static Failure NotRepairable(PythonEnvironment environment, string defect, IReadOnlyList<Remedy> remedies) =>
        new(FailureId.VenvBroken, $"'{environment.Prefix}' cannot be repaired: {defect}.", environment, remedies);

    /// <summary>A file could not be written.</summary>
    internal static Failure NotWritten(PythonEnvironment environment, string reason, Exception? cause) => new(
        FailureId.VenvNotWritten,
        $"'{environment.Prefix}' could not be repaired: {Sentence.ToClause(reason)}; its packages are unchanged.", environment)
    {
        Cause = cause,
    };

    /// <summary>A link of another user leads to it.</summary>
    internal static Failure ForeignLink(PythonEnvironment environment) => new(
        FailureId.VenvNotWritten,
        $"'{environment.NamedPath}' is a link of another user to '{environment.Prefix}', which is not theirs; nothing was changed.",
        environment);

    /// <summary>After the repair it is not an environment.</summary>
    internal static Failure NotRecognized(PythonEnvironment environment, IReadOnlyList<Remedy> remedies) => new(
        FailureId.VenvBroken, $"'{environment.Prefix}' was repaired, but it is not recognized as a Python environment.", environment,
        remedies);

    /// <summary>The warning about a defect.</summary>
    internal static Notice Damaged(PythonEnvironment environment, string defect, IReadOnlyList<Remedy> remedies) =>
        new($"'{environment.Prefix}' is damaged; {defect}.", remedies);

    /// <summary>The verbose line about a defect that does no harm.</summary>
    internal static string Harmless(PythonEnvironment environment, string defect) => $"'{environment.Prefix}' works, but {defect}.";

    /// <summary>The verbose line about a defect that was repaired.</summary>
    internal static string Repaired(PythonEnvironment environment, string defect) => $"Repaired '{environment.Prefix}': {defect}.";

    /// <summary>The verbose line about an environment without defects.</summary>
    internal static string Unchanged(PythonEnvironment environment) =>
        $"Using '{environment.Prefix}' unchanged because nothing has to be repaired.";

    /// <summary>What the user is asked to confirm.</summary>
    internal static string Action(IReadOnlyList<string> defects) => $"Repair: {string.Join("; ", defects)}";

    /// <summary>Repairs it.</summary>
    internal static Remedy Repair(string prefix) =>
        new("repairs it, keeps what is installed", new ProductStep(ProductCommand.RepairVenv).With(ProductParameter.Environment, prefix));

    /// <summary>Creates it again with its packages.</summary>
    /// <param name="create">The command that creates it, in its folder or in another one.</param>
    /// <param name="path">That folder.</param>
    /// <param name="distributions">What to install, as <c>name==version</c>.</param>
    /// <param name="isReplaced">Whether it is created in the folder of the environment.</param>
    internal static Remedy Recreate(ProductStep create, string path, IReadOnlyList<string> distributions, bool isReplaced)
    {
        string how = isReplaced ? "creates it again" : "creates it in another folder";
        return distributions.Count == 0 ? new(how, create)
            : new($"{how}, with its packages", create, new ProductStep(ProductCommand.Install) { IsPiped = true }
                .With(ProductParameter.Package, distributions).With(ProductParameter.Environment, path));
    }

    /// <summary>The defect: no <c>pyvenv.cfg</c>.</summary>
    internal static string NoConfig() => "it has no pyvenv.cfg (virtualenv before version 20 created it)";

    /// <summary>The defect: no base Python.</summary>
    /// <param name="home">Where it was; null if that is unknown.</param>
    /// <param name="series">Its version, as <c>3.11</c>; null if that is unknown.</param>
    internal static string NoBase(string? home, string? series) => $"its base Python{(home is null ? "" : $" in '{home}'")} was not found"
        + (series is null ? "" : $", and no other Python {series} was found");

    /// <summary>The defect: the base is another version now.</summary>
    internal static string OtherVersion(string created, string current) =>
        $"it was created for Python {created}, but its base is now Python {current}, which cannot import its packages";

    /// <summary>The defect: a problem that the reader of environments found.</summary>
    internal static string Problem(string sentence) => Sentence.ToClause(sentence);

    /// <summary>The defect: the interpreter is missing.</summary>
    internal static string NoInterpreter(string executable) => $"it has no interpreter ('{executable}' does not exist)";

    /// <summary>The defect: the interpreter is there, but not under its common names.</summary>
    internal static string MissingNames(IReadOnlyList<string> names) =>
        $"{string.Join(" and ", names.Select(name => $"'{name}'"))} {(names.Count == 1 ? "is" : "are")} missing beside its interpreter";

    /// <summary>The defect: links to something else than the base.</summary>
    /// <param name="executable">The base.</param>
    /// <param name="links">The links, each as <c>name -> target</c>.</param>
    internal static string WrongLinks(string executable, IReadOnlyList<string> links) =>
        $"its interpreter does not lead to its base Python '{executable}' ({string.Join(", ", links)})";

    /// <summary>The defect: a copy of an older interpreter.</summary>
    internal static string OldCopy(Version copied, string current) =>
        $"its interpreter is a copy of Python {copied}, but its base is now Python {current}";

    /// <summary>The defect: <c>lib64</c>.</summary>
    internal static string DanglingLib64() => "the target of its link lib64 does not exist";

    /// <summary>The defect: <c>pyvenv.cfg</c> does not name the base.</summary>
    /// <param name="named">The folder that it names; null if the key is missing.</param>
    /// <param name="home">The folder of the base.</param>
    internal static string WrongConfig(string? named, string home) => named is null
        ? $"its pyvenv.cfg names no base Python (home = {home} is missing)"
        : $"its pyvenv.cfg names another base Python ('{named}') than its interpreter ('{home}')";

    /// <summary>The harmless defect: values of <c>pyvenv.cfg</c> that nothing reads.</summary>
    /// <param name="lines">The correct lines.</param>
    internal static string OldConfig(IReadOnlyList<string> lines) =>
        $"its pyvenv.cfg is out of date: it should contain {string.Join(" and ", lines)}";

    /// <summary>The defect: another folder in the activation scripts.</summary>
    /// <param name="place">That folder.</param>
    /// <param name="isCopy">Whether an environment is there.</param>
    internal static string OtherFolder(string place, bool isCopy) =>
        $"it was {(isCopy ? "copied" : "moved")} here from '{place}', and its activation scripts still contain that path";

    /// <summary>The defect: commands that start another interpreter.</summary>
    internal static string StaleCommands(IReadOnlyList<string> names) =>
        $"its commands ({string.Join(", ", names.Take(5))}{(names.Count > 5 ? ", …" : "")}) start another interpreter";

    /// <summary>The defect: a repair of pip that did not end.</summary>
    internal static string InterruptedRepair() => "a repair of its pip was interrupted";

    /// <summary>The defect: pip is missing.</summary>
    internal static string NoPip() => "it was created with pip, but pip is missing";

    /// <summary>The defect: pip without metadata.</summary>
    internal static string PipWithoutMetadata() => "its pip is broken: the folder pip-*.dist-info is missing";

    /// <summary>The defect: several versions of pip.</summary>
    internal static string SeveralPips(IReadOnlyList<string> folders) =>
        $"its pip is installed several times: {string.Join(", ", folders)}";

    /// <summary>The defect: pip's files are missing or damaged.</summary>
    internal static string BrokenPip(string problem) => $"its pip is broken: {problem}";

    /// <summary>The defect: an upgrade of pip that did not end.</summary>
    internal static string InterruptedPipInstall(IReadOnlyList<string> folders) =>
        $"an interrupted install of pip left {string.Join(", ", folders.Select(folder => $"'{folder}'"))} behind";
}
