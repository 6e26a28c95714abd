namespace Pep668;

/// <summary>What a table shows about an environment beside its names.</summary>
internal static class EnvironmentState
{
    /// <summary><c>broken</c>.</summary>
    internal const string Broken = "broken";

    /// <summary>The most important of its states, in one word; empty if none applies.</summary>
    /// <param name="isBroken">Whether it cannot be used.</param>
    /// <param name="isActive">Whether it is active.</param>
    /// <param name="isNearest">Whether it is the nearest <c>.venv</c>.</param>
    /// <param name="isDefault">Whether it is the default Python.</param>
    internal static string Describe(bool isBroken, bool isActive, bool isNearest, bool isDefault) =>
        isBroken ? Broken : isActive ? "active" : isNearest ? "nearest" : isDefault ? "default" : "";

    /// <summary>The mark of the environment that is used if none is named.</summary>
    internal static string Mark(bool isImplied) => isImplied ? "*" : "";
}
