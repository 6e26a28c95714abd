using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Requests;

namespace Pep668.Pip.Policy;

/// <summary>
/// Decides whether a request may run: by PEP 668 and by the rules of what really runs (<c>InstallCommand.run</c> and
/// <c>UninstallCommand.run</c> of pip, <c>check_externally_managed</c>; uv's <c>pip install</c>), and beyond them where
/// they let something back into a managed environment. Nothing is run.
/// </summary>
internal static class PipPolicy
{
    /// <summary>Decides. What the disk says of the environment is read again.</summary>
    /// <param name="machine">Whose files, variables and settings.</param>
    /// <param name="request"> What is to be run, with the user's own arguments: <c>--report</c> among them lifts the
    /// protection of a dry run, so whoever runs pip adds its own later. </param>
    /// <param name="language">The language of the distributor's message.</param>
    /// <param name="program">What will run it; null for what the request alone tells.</param>
    public static PipVerdict Decide(Machine machine, PipRequest request, MarkerLanguage language, PipProgram? program = null)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(language);
        request = request with { Environment = ReadAgain(machine, request.Environment) };
        bool isUv = program?.IsUv ?? request.Installer == PipInstaller.Uv;
        return new PolicyDecision(machine, language, isUv
            ? UvRules.Read(machine, request)
            : PipRules.Read(machine, request, program is null ? request.Environment.PipVersion : program.Version)).Decide();
    }

    // What policy rests on, and nothing else: name, manager and the rest stay as they were found. Where its landmarks
    // stand as they stood, the few files that decide are enough; else it is read anew.
    internal static PythonEnvironment ReadAgain(Machine machine, PythonEnvironment known)
    {
        FileTree files = machine.Files;
        if (known.StdLib is string stdlib && HasConfig(files, known.Executable) == known.IsVirtual
            && files.IsFile(Path.Combine(stdlib, "os.py")) && files.IsExecutable(known.Executable))
        {
            string? marker = known.IsVirtual ? null : MarkerFile.Find(files, stdlib);
            string? pip = ImportedPip.Version(files, known.SitePackages);
            return known with
            {
                IsExternallyManaged = marker is not null,
                MarkerPath = marker,
                PipVersion = pip,
                PipEnforces = ImportedPip.Enforces(pip),
            };
        }
        return new EnvironmentReader(files).Read(known.Executable).Environment is not PythonEnvironment now ? known
            : known with
            {
                IsVirtual = now.IsVirtual, IsExternallyManaged = now.IsExternallyManaged, MarkerPath = now.MarkerPath, StdLib = now.StdLib,
                Prefix = now.Prefix,
                BasePrefix = now.BasePrefix, SitePackages = now.SitePackages, Scripts = now.Scripts, PipVersion = now.PipVersion,
                PipEnforces = now.PipEnforces,
                Config = now.Config,
            };
    }

    // What makes it virtual stands beside the interpreter or one folder up (PEP 405).
    private static bool HasConfig(FileTree files, string executable) =>
        Path.GetDirectoryName(executable) is string folder
        && (files.IsFile(Path.Combine(folder, PyVenvConfigFile.FileName))
            || (Path.GetDirectoryName(folder) is string above && files.IsFile(Path.Combine(above, PyVenvConfigFile.FileName))));
}
