namespace Pep668.Discovery;

/// <summary>The Pythons that belong to the operating system.</summary>
internal static class SystemPythons
{
    /// <summary>Those of a machine. Several can share a folder of packages: the one that names it comes
    /// first.</summary>
    internal static IReadOnlyList<PythonEnvironment> Find(EnvironmentCatalog catalog) =>
        [.. catalog.All.Where(one => one is { IsVirtual: false, Manager: PythonManager.System })
            .OrderBy(one => one.Implementation is not "CPython")];
}
