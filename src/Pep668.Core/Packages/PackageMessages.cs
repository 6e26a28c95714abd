namespace Pep668.Packages;

/// <summary>The errors and warnings about installs that run at the same time or were interrupted.</summary>
internal static class PackageMessages
{
    /// <summary>Another command has the lock.</summary>
    internal static Failure Busy(PythonEnvironment environment, string? what, ProductStep again) => new(
        FailureId.EnvironmentBusy, $"Another command is changing '{environment.Prefix}'{In(what)}; nothing was changed.", environment,
        new Remedy("tries again", again));

    /// <summary>Another command has the lock, and this one waits.</summary>
    internal static Notice Waiting(string prefix, string? what) =>
        new($"Another command is changing '{prefix}'{In(what)}; waiting until it has finished.");

    /// <summary>An install as a whole was interrupted.</summary>
    internal static Notice Interrupted(string prefix, InstallNote note) => note.ForeignPath is string file
        ? new($"'{file}' reports an interrupted install, but another user can have written it; its command is ignored.")
        : new($"The {note.What} in '{prefix}' was interrupted.", new Remedy("runs it again", note.Again));

    /// <summary>A folder that pip had set aside was left behind.</summary>
    internal static Notice LeftBehind(string path) => new($"An interrupted install left '{path}' behind.",
        new Remedy("removes it", new RemovePathStep(true, path)));

    /// <summary>The metadata of a distribution is incomplete.</summary>
    internal static Notice NoMetadata(PythonEnvironment environment, string name, string path) => new(
        $"'{name}' is only partly installed: '{path}' has no METADATA file.",
        new Remedy("removes this folder, then installs the package again", new RemovePathStep(true, path), Reinstall(environment, name)));

    /// <summary>Two versions of one distribution are installed.</summary>
    internal static Notice Duplicate(PythonEnvironment environment, string name, string first, string second) => new(
        $"'{name}' is installed twice: '{first}' and '{second}'.",
        new Remedy("removes both folders, then installs the package again", new RemovePathStep(true, first, second),
            Reinstall(environment, name)));

    /// <summary>Files of a distribution are missing.</summary>
    internal static Notice MissingFiles(PythonEnvironment environment, string name, string defect) => new(
        $"'{name}' is only partly installed: {defect}.", new Remedy("installs the package again", Reinstall(environment, name)));

    /// <summary>The list of a distribution's files is missing or invalid: pip cannot replace it.</summary>
    internal static Notice NoRecord(PythonEnvironment environment, string name, string defect, string path) => new(
        $"'{name}' is only partly installed: {defect}.",
        new Remedy("removes its metadata, then installs the package again", new RemovePathStep(true, path), Reinstall(environment, name)));

    private static string In(string? what) => what is null ? "" : $" ({what})";

    private static ProductStep Reinstall(PythonEnvironment environment, string name) =>
        new ProductStep(ProductCommand.Install).With(ProductParameter.Package, name).In(environment)
            .With(ProductParameter.ArgumentList, "--force-reinstall", "--no-deps")
            .WithSwitch(ProductParameter.BreakSystemPackages, environment.IsExternallyManaged);
}
