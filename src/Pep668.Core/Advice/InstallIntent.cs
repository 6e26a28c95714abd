namespace Pep668.Advice;

/// <summary>What somebody wants to install or remove, as far as advice depends on it.</summary>
internal sealed record InstallIntent
{
    /// <summary>Whether something is to be removed instead of installed.</summary>
    internal bool Removes { get; init; }

    /// <summary>The packages as they were typed, with the credentials of URLs hidden.</summary>
    internal IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Their names (PEP 503), in the same order; null where the text does not contain the name.</summary>
    internal IReadOnlyList<string?> Names { get; init; } = [];

    /// <summary>Projects to install in editable mode, with the credentials of URLs hidden.</summary>
    internal IReadOnlyList<string> Editables { get; init; } = [];

    /// <summary>Requirements files, absolute paths.</summary>
    internal IReadOnlyList<string> Requirements { get; init; } = [];

    /// <summary>Constraints files, absolute paths.</summary>
    internal IReadOnlyList<string> Constraints { get; init; } = [];

    /// <summary>Whether newer versions of installed packages are wanted.</summary>
    internal bool Upgrade { get; init; }

    /// <summary>The environment variable that led to the refusal and must be removed for every alternative; null when
    /// none did.</summary>
    internal string? VariableToUnset { get; init; }
}
