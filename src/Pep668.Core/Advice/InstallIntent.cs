using Pep668.Versions;

namespace Pep668.Advice;

/// <summary>What a user wants to install or remove, as far as advice depends on it.</summary>
/// <param name="Command">The command as it was typed, with the credentials of URLs hidden; without the environment and
/// without what caused the refusal.</param>
/// <param name="Environment">Where it was to be installed.</param>
internal sealed record InstallIntent(ProductStep Command, PythonEnvironment Environment)
{
    /// <summary>What it is wanted for; null if that is not known.</summary>
    internal InstallPurpose? Purpose { get; init; }

    /// <summary>The same command with the override of PEP 668; null where it cannot be overridden, or need not
    /// be.</summary>
    internal ProductStep? Override { get; init; }

    /// <summary>Whether the package manager of the system may be asked where its files cannot be read.</summary>
    internal bool MayAsk { get; init; }

    /// <summary>The packages as they were typed, with the credentials of URLs hidden.</summary>
    internal IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Their names (PEP 503), in the same order; null where the text does not contain the name.</summary>
    internal IReadOnlyList<string?> Names { get; init; } = [];

    /// <summary>The versions that are wanted, in the same order; null where all are.</summary>
    internal IReadOnlyList<VersionSpecifierSet?> Versions { get; init; } = [];

    /// <summary>What has to be removed before any alternative: a setting that would cause the refusal again.</summary>
    internal IReadOnlyList<RemedyStep> Before { get; init; } = [];

    /// <summary>Whether something is to be removed instead of installed.</summary>
    internal bool Removes => Command.Command == ProductCommand.Uninstall;

    /// <summary>Whether the packages come from where the user says, not from the configured index.</summary>
    internal bool NamesIndex => Command.Arguments.Any(one => one.Parameter is ProductParameter.IndexUrl or ProductParameter.ExtraIndexUrl
        or ProductParameter.NoIndex or ProductParameter.FindLinks);

    /// <summary>Whether packages are all that is named: no files, projects, or arguments of pip's own.</summary>
    internal bool IsPackagesOnly => !NamesIndex && Packages.Count > 0
        && !Command.Arguments.Any(one => one.Parameter is ProductParameter.Requirement or ProductParameter.Constraint
            or ProductParameter.Editable or ProductParameter.ArgumentList);

    /// <summary>The values of a parameter.</summary>
    internal IReadOnlyList<string> Values(ProductParameter parameter) =>
        [.. Command.Arguments.Where(one => one.Parameter == parameter).SelectMany(one => one.Values)];
}
