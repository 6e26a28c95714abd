using System.Collections.Concurrent;
using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>An interpreter's file with the installation it belongs to.</summary>
/// <param name="Installation">Its standard library.</param>
/// <param name="Architecture">What the file is built for.</param>
/// <param name="Version">PEP 440 text.</param>
/// <param name="Flavour">Whose layout of site-packages it has.</param>
internal sealed record BaseInterpreter(Installation Installation, string? Architecture, string? Version, SiteFlavour Flavour);

/// <summary>Finds the interpreter behind an environment; each is read once, however many virtual environments share
/// it.</summary>
internal sealed class BaseInterpreters(FileTree files)
{
    private readonly ConcurrentDictionary<(string Start, string Executable, InterpreterName? Name), BaseInterpreter?> _known = new();
    private readonly ConcurrentDictionary<string, string?> _targets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _executable = new(StringComparer.Ordinal);

    /// <summary>The file behind an interpreter's name, links resolved; null if the target does not exist. Environments
    /// of one base share its resolution.</summary>
    internal string? RealExecutable(string executable) =>
        files.ReadLink(executable) is string target && Path.IsPathRooted(target)
            ? _targets.GetOrAdd(target, files.RealPath)
            : files.RealPath(executable);

    /// <summary>Whether the file of an interpreter may be executed.</summary>
    internal bool IsExecutable(string real) => _executable.GetOrAdd(real, files.IsExecutable);

    /// <summary>Searches upward from a folder for the standard library that an interpreter would find.</summary>
    /// <param name="start">The interpreter's folder, or the <c>home</c> of a virtual environment.</param>
    /// <param name="executable">The interpreter's file, links resolved.</param>
    /// <param name="name">What it is; null for what its file name tells.</param>
    internal BaseInterpreter? Find(string start, string executable, InterpreterName? name = null) =>
        _known.GetOrAdd((start, executable, name), Read);

    /// <summary>The facts that a base environment and a virtual one read in the same way.</summary>
    /// <param name="found">The interpreter.</param>
    /// <param name="virtualPrefix">The folder of the virtual environment; null for the base itself.</param>
    /// <param name="includeSystem">Whether it also sees the distributions of its base.</param>
    internal PythonEnvironment Describe(BaseInterpreter found, string? virtualPrefix, bool includeSystem)
    {
        Installation installation = found.Installation;
        (IReadOnlyList<string> sitePackages, string scripts) =
            SitePackagesLayout.For(installation, found.Flavour, virtualPrefix, includeSystem);
        string? pip = ImportedPip.Version(files, sitePackages);
        return new PythonEnvironment
        {
            Version = found.Version,
            VersionInfo = InterpreterVersion.Numbers(found.Version),
            Implementation = installation.Implementation,
            Architecture = found.Architecture,
            BasePrefix = installation.Prefix,
            StdLib = installation.StdLib,
            SitePackages = sitePackages,
            Scripts = scripts,
            PipVersion = pip,
            PipEnforces = ImportedPip.Enforces(pip),
            IsFreeThreaded = installation.FreeThreaded,
            Root = files.Root,
        };
    }

    private BaseInterpreter? Read((string Start, string Executable, InterpreterName? Name) key)
    {
        ExecutableFile? program = ExecutableFile.Read(files, key.Executable);
        if (program is null || Installation.Find(files, key.Start, key.Executable, key.Name) is not Installation installation)
        {
            return null;
        }
        installation = HomebrewKeg.ThroughOpt(files, installation);
        Installation own = OwnOf(key, program, installation);
        string? version = InterpreterVersion.Read(files, own, key.Executable, program)
            ?? InterpreterVersion.FromNames(files, installation.Prefix, installation.Series) ?? installation.Series;
        return new(installation, program.Architecture, version, SitePackagesLayout.FlavourOf(files, installation, own));
    }

    // The version is that of the program, which may start with the library of another installation of its series.
    private Installation OwnOf((string Start, string Executable, InterpreterName? Name) key, ExecutableFile program, Installation used)
    {
        string folder = Path.GetDirectoryName(key.Executable)!;
        return string.Equals(key.Start, folder, StringComparison.Ordinal) || used.IsWindowsLayout ? used
            : At(folder) ?? EmbeddedText.LibraryFolders(files, key.Executable, program).Select(At).FirstOrDefault(one => one is not null)
            ?? used;

        Installation? At(string place) => Installation.Find(files, place, key.Executable, key.Name);
    }
}
