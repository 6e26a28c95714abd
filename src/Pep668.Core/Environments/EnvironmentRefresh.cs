using Pep668.Machines;
using Pep668.Markers;

namespace Pep668.Environments;

/// <summary>Reads again the facts that a decision about an environment depends on; its name, manager and other facts
/// are not changed.</summary>
internal static class EnvironmentRefresh
{
    /// <summary>
    /// The environment with the facts of the moment. If its main files still exist, only the few files that decide are
    /// read; else all of it.
    /// </summary>
    internal static PythonEnvironment Read(FileTree files, PythonEnvironment known)
    {
        if (known.StdLib is string stdlib && HasConfig(files, known.Executable) == known.IsVirtual
            && files.IsFile(Path.Combine(stdlib, "os.py")) && files.IsExecutable(known.Executable))
        {
            string? marker = known.IsVirtual ? null : MarkerFile.Find(files, stdlib);
            string? pip = ImportedPip.Version(files, known.SitePackages) ?? ImportedPip.OfExtended(files, known);
            return known with
            {
                IsExternallyManaged = marker is not null,
                MarkerPath = marker,
                PipVersion = pip,
                PipEnforces = ImportedPip.Enforces(pip),
            };
        }
        return new EnvironmentReader(files).Read(known.Executable).Environment is not PythonEnvironment now
            ? known
            : known with
            {
                IsVirtual = now.IsVirtual,
                IsExternallyManaged = now.IsExternallyManaged,
                MarkerPath = now.MarkerPath,
                StdLib = now.StdLib,
                Prefix = now.Prefix,
                BasePrefix = now.BasePrefix,
                SitePackages = now.SitePackages,
                Scripts = now.Scripts,
                PipVersion = now.PipVersion,
                PipEnforces = now.PipEnforces,
                Config = now.Config,
            };
    }

    // What makes it virtual is beside the interpreter or one folder up (PEP 405).
    private static bool HasConfig(FileTree files, string executable) =>
        Path.GetDirectoryName(executable) is string folder
        && (files.IsFile(Path.Combine(folder, PyVenvConfigFile.FileName))
            || (Path.GetDirectoryName(folder) is string above && files.IsFile(Path.Combine(above, PyVenvConfigFile.FileName))));
}
