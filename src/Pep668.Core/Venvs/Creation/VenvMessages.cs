using Pep668.Distros;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Venvs.Creation;

/// <summary>The errors and verbose lines about virtual environments that are created.</summary>
internal static class VenvMessages
{
    /// <summary>No wheel of pip was found for a Python.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="python">The Python.</param>
    /// <param name="create">The command that creates the environment; null if it is repaired.</param>
    internal static Failure NoPip(Machine machine, PythonEnvironment python, ProductStep? create) => new(
        FailureId.PipSeedNotFound, $"No wheel of pip was found for Python {python.Version} ('{python.Executable}'); nothing was changed.",
        python, [.. MissingPartPackages.Pip(machine, python, BundledWheels.FolderOf(machine.Files, python)), .. WithoutPip(create)]);

    /// <summary>The standard library has no venv.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="python">The Python.</param>
    /// <param name="remedies">How another Python is used.</param>
    internal static Failure NoVenvModule(Machine machine, PythonEnvironment python, IReadOnlyList<Remedy> remedies) => new(
        FailureId.PythonNotFound,
        $"The module venv of Python {python.Version} ('{python.Executable}') was not found in '{python.StdLib}'; nothing was "
            + "created.", python, [.. MissingPartPackages.Venv(machine, python), .. remedies]);

    /// <summary>The bundled wheel of pip cannot be installed.</summary>
    /// <param name="python">The Python.</param>
    /// <param name="reason">Why not, as a clause.</param>
    /// <param name="cause">What was thrown.</param>
    /// <param name="create">The command that creates the environment; null if it is repaired.</param>
    internal static Failure UnusableWheel(PythonEnvironment python, string reason, Exception? cause, ProductStep? create) => new(
        FailureId.PipSeedNotFound,
        $"The pip wheel that '{python.Executable}' bundles cannot be used: {Sentence.ToClause(reason)}; nothing was "
            + "changed.", python, [.. WithoutPip(create)])
    {
        Cause = cause,
    };

    /// <summary>The path of a new environment is not a path of the file system.</summary>
    /// <param name="path">The path.</param>
    /// <param name="problem">Why not, as a sentence that names the path.</param>
    internal static Failure InvalidPath(string path, string problem) =>
        new(FailureId.VenvNotWritten, $"No virtual environment was created: {Sentence.ToClause(problem)}.", path);

    /// <summary>A path or prompt that no shell and no configuration file can contain.</summary>
    /// <param name="path">The path.</param>
    /// <param name="reason">Why not, as a clause.</param>
    /// <param name="create">The command with a corrected value; may be null.</param>
    internal static Failure Unsupported(string path, string reason, ProductStep? create) => new(
        FailureId.VenvNotWritten, $"No virtual environment can be created at '{path}': {reason}.", path,
        create is null ? [] : [new Remedy("creates it without that character", create)]);

    /// <summary>Why a path is not supported: it contains the separator of <c>PATH</c>.</summary>
    internal static string Separator(string separator) => $"the path contains '{separator}', which separates the folders on PATH";

    /// <summary>Why a path is not supported: Windows allows no such character in a name.</summary>
    internal static string InvalidCharacter(string letter) => $"the path contains '{letter}', which Windows does not allow in names";

    /// <summary>Why a path is not supported: it names a device of Windows.</summary>
    internal static string Device() => "it is the name of a device";

    /// <summary>Why a path is not supported: it contains a control character.</summary>
    internal static string ControlCharacterInPath() => "the path contains a control character";

    /// <summary>Why a prompt is not supported: it contains a control character.</summary>
    internal static string ControlCharacterInPrompt() => "the prompt contains a control character";

    /// <summary>Why a path is not supported: it is the root of the file system.</summary>
    internal static string RootFolder() => "it is the root folder";

    /// <summary>The environment could not be written.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="reason">Why not.</param>
    /// <param name="cause">What was thrown.</param>
    /// <param name="isReplaced">Whether something exists there, which is replaced.</param>
    /// <param name="elsewhere">The command that creates it in the home folder; null if that does not help.</param>
    internal static Failure NotWritten(string path, string reason, Exception? cause, bool isReplaced, ProductStep? elsewhere) => new(
        FailureId.VenvNotWritten,
        $"'{path}' could not be {(isReplaced ? "replaced" : "created")}: {Sentence.ToClause(reason)}; nothing was changed.", path,
        elsewhere is null ? [] : [new Remedy("creates it in your home folder", elsewhere)])
    {
        Cause = cause,
    };

    /// <summary>The settings of an environment could not be written. Those that were written before remain.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="reason">Why not.</param>
    /// <param name="cause">What was thrown.</param>
    internal static Failure NotChanged(string path, string reason, Exception? cause) =>
        new(FailureId.VenvNotWritten, $"'{path}' could not be changed: {Sentence.ToClause(reason)}.", path)
        {
            Cause = cause,
        };

    /// <summary>Why settings were not written: a link of another user leads to the environment.</summary>
    internal static string ForeignLink(string link) => $"'{link}' is a link of another user to a folder that is not theirs";

    /// <summary>What was written is not an environment.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="isNew">Whether it was created; else its settings were changed.</param>
    internal static Failure NotRecognized(string path, bool isNew) => new(
        FailureId.VenvBroken, $"'{path}' was {(isNew ? "created" : "changed")}, but it is not recognized as a Python environment.", path);

    /// <summary>Something exists at the path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isVenv">Whether it is a virtual environment; else an empty folder.</param>
    /// <param name="remedies">What to do about it.</param>
    internal static Failure Exists(string path, bool isVenv, IReadOnlyList<Remedy> remedies) => new(
        FailureId.VenvAlreadyExists, $"'{path}' exists and is {(isVenv ? "a virtual environment" : "an empty folder")}.", path, remedies);

    /// <summary>Something exists at the path that is never replaced.</summary>
    /// <param name="path">The path.</param>
    /// <param name="obstacle">What it is, as one of the texts below.</param>
    /// <param name="remedies">What to do about it.</param>
    internal static Failure NotReplaceable(string path, string obstacle, IReadOnlyList<Remedy> remedies) =>
        new(FailureId.VenvAlreadyExists, $"'{path}' exists and {obstacle}; it was not replaced.", path, remedies);

    /// <summary>A link to something that does not exist is at the path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="target">The target of the link.</param>
    /// <param name="remedies">What to do about it.</param>
    internal static Failure DanglingLink(string path, string target, IReadOnlyList<Remedy> remedies) => new(
        FailureId.VenvAlreadyExists, $"'{path}' is a link to '{target}', which does not exist; it was not replaced.", path, remedies);

    /// <summary>The obstacle: a file, or a link that does not lead to a folder.</summary>
    internal static string NotAFolder() => "is not a folder";

    /// <summary>The obstacle: a folder that cannot be read.</summary>
    internal static string Unreadable() => "cannot be read";

    /// <summary>The obstacle: a folder with other files.</summary>
    internal static string NotAVenv() => "is not a virtual environment";

    /// <summary>The obstacle: a virtual environment with other files in its folder.</summary>
    internal static string OtherFiles(IReadOnlyList<string> names) => "contains files that are not part of a virtual environment ("
        + $"{string.Join(", ", names.Take(3))}{(names.Count > 3 ? ", …" : "")})";

    /// <summary>Another process created it first.</summary>
    internal static Failure CreatedByAnother(string path, IReadOnlyList<Remedy> remedies) => new(
        FailureId.VenvAlreadyExists, $"'{path}' was created by another process at the same time; it was not replaced.", path, remedies);

    /// <summary>An existing environment does not match what was requested.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="mismatch">What is different, as one of the texts below.</param>
    /// <param name="remedies">What to do about it.</param>
    internal static Failure Mismatch(string path, string mismatch, IReadOnlyList<Remedy> remedies) =>
        new(FailureId.VenvAlreadyExists, $"'{path}' exists, but it cannot be reused: {mismatch}.", path, remedies);

    /// <summary>The mismatch: not a virtual environment.</summary>
    internal static string MismatchOfKind() => "it is not a virtual environment";

    /// <summary>The mismatch: it is broken.</summary>
    internal static string MismatchOfHealth(string problem) => Sentence.ToClause(problem);

    /// <summary>The mismatch: another base Python.</summary>
    internal static string MismatchOfPython(PythonEnvironment found, PythonEnvironment wanted) =>
        $"its base is Python {found.Version} in '{found.BasePrefix}', not Python {wanted.Version} in '{wanted.Prefix}'";

    /// <summary>The mismatch: whether it imports the packages of its base.</summary>
    internal static string MismatchOfSystemSitePackages(bool isWanted) =>
        $"it {(isWanted ? "does not include" : "includes")} the system site-packages, unlike the requested environment";

    /// <summary>The mismatch: pip is missing.</summary>
    internal static string MismatchOfPip() => "it has no pip";

    /// <summary>The mismatch: the prompt.</summary>
    internal static string MismatchOfPrompt() => "its prompt is different";

    /// <summary>Uses an environment that exists and matches.</summary>
    internal static Remedy Reuse(ProductStep create) => new("uses it unchanged", create);

    /// <summary>Replaces what exists.</summary>
    internal static Remedy Replace(ProductStep create, bool isVenv) =>
        new(isVenv ? "replaces it, without its packages" : "replaces it", create);

    /// <summary>Creates it with another name.</summary>
    internal static Remedy OtherPath(ProductStep create) => new("creates it beside the existing one", create);

    /// <summary>Below a root no environment is created.</summary>
    internal static Failure BelowRoot(PythonEnvironment python, IReadOnlyList<Remedy> remedies) => new(
        FailureId.OfflineEnvironment, $"'{python.Executable}' is below the root '{python.Root}', where no environment is created.", python,
        remedies);

    /// <summary>The Python was not found.</summary>
    internal static Failure NoPython(PythonEnvironment given, IReadOnlyList<Remedy> remedies) => new(
        FailureId.PythonNotFound,
        given.IsVirtual ? $"The base Python of '{given.Prefix}' was not found." : $"'{given.Executable}' does not exist.", given, remedies);

    /// <summary>The Python is broken.</summary>
    internal static Failure BrokenPython(PythonEnvironment python, IReadOnlyList<Remedy> remedies) => new(
        FailureId.PythonNotFound, $"'{python.Executable}' is broken: {Sentence.ToClause(python.Problem ?? "")}.", python, remedies);

    /// <summary>The version of the Python is unknown.</summary>
    internal static Failure NoVersion(PythonEnvironment python, IReadOnlyList<Remedy> remedies) =>
        new(FailureId.PythonNotFound, $"The version of '{python.Executable}' could not be determined.", python, remedies);

    /// <summary>The Python is too old.</summary>
    internal static Failure TooOld(PythonEnvironment python, IReadOnlyList<Remedy> remedies) => new(
        FailureId.PythonNotFound, $"Python {python.Version} ('{python.Executable}') is not supported: virtual environments require Python "
            + "3.6 or later.", python, remedies);

    /// <summary>Uses another Python.</summary>
    /// <param name="create">The command that creates the environment with it.</param>
    /// <param name="version">Its version.</param>
    internal static Remedy UsePython(ProductStep create, string? version) => new($"uses Python {version} instead", create);

    /// <summary>Lists the Pythons that can be the base of an environment.</summary>
    internal static Remedy ListPythons() => new("lists the Pythons on this machine", new ProductStep(ProductCommand.ListEnvironments)
        .With(ProductParameter.Kind, nameof(EnvironmentKind.Global)).With(ProductParameter.Version, ">=3.6"));

    /// <summary>The verbose line of a Python that was chosen among several.</summary>
    internal static string Chosen(PythonEnvironment python, int count) => FormattableString.Invariant(
        $"Using '{python.Executable}' because it is the first of the {count} given Pythons in the documented order.");

    /// <summary>The verbose line of an environment that was created.</summary>
    internal static string Created(PythonEnvironment environment) => $"Created '{environment.Prefix}' with Python {environment.Version}.";

    /// <summary>The verbose line of an environment that is used unchanged.</summary>
    internal static string Reused(PythonEnvironment environment) =>
        $"Using '{environment.Prefix}' unchanged because it works and matches the parameters.";

    /// <summary>What the user is asked to confirm.</summary>
    /// <param name="python">The base Python.</param>
    /// <param name="replaces">Whether a folder with that path exists and is replaced.</param>
    internal static string Action(PythonEnvironment python, bool replaces) =>
        $"{(replaces ? "Replace the existing folder: create" : "Create")} a virtual environment with Python {python.Version} "
            + $"('{python.Executable}')";

    private static IEnumerable<Remedy> WithoutPip(ProductStep? create) =>
        create is null ? [] : [new Remedy("creates it without pip", create.With(ProductParameter.WithoutPip))];
}
