using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>Reads virtual environments: those with a <c>pyvenv.cfg</c>, and those of virtualenv before version 20,
/// which wrote no such file.</summary>
internal sealed class VirtualEnvironmentReader(FileTree files, BaseInterpreters interpreters, BaseSearch search)
{
    /// <summary>The configuration above an interpreter's folder, else beside it (getpath.py, "CHECK FOR VIRTUAL
    /// ENVIRONMENT").</summary>
    internal (string Folder, VenvConfig Config)? FindConfig(string scripts)
    {
        if (Path.GetDirectoryName(scripts) is not string above)
        {
            return null;
        }
        VenvConfig? config = PyVenvConfigFile.Read(files, Path.Combine(above, PyVenvConfigFile.FileName))
            ?? PyVenvConfigFile.Read(files, Path.Combine(scripts, PyVenvConfigFile.FileName));
        return config is null ? null : (above, config);
    }

    /// <summary>Reads the environment of a folder that has a configuration.</summary>
    internal PythonEnvironment Read(string folder, VenvConfig config)
    {
        string? executable = InterpreterFolder.ExecutableIn(files, folder);
        string? real = executable is null ? null : interpreters.RealExecutable(executable);
        bool exists = executable is not null;
        string? home = config.Home is null ? null : PathText.Absolute(config.Home, folder);
        BaseInterpreter? found = real is null || IsImpossible(home) ? null : search.Find(executable!, real, folder, config);
        config = found is null ? config with { MadeOn = ForeignSystem.MadeOn(files, config.Home) } : config;
        PythonEnvironment environment = found is not null
            ? interpreters.Describe(found, folder, config.IncludeSystemSitePackages)
            : new PythonEnvironment
            {
                Version = InterpreterVersion.FromVersionInfo(config.Version),
                VersionInfo = InterpreterVersion.Numbers(config.Version),
                SitePackages = SitePackagesIn(folder),
                Root = files.Root,
            };
        executable ??= files.IsDirectory(Path.Combine(folder, "Scripts"))
            ? Path.Combine(folder, "Scripts", "python.exe")
            : Path.Combine(folder, "bin", "python");
        environment = AsVirtual(environment, folder, executable, config.IncludeSystemSitePackages) with
        {
            // Python 2's sysconfig has no base: it gives the environment's own folder.
            StdLib = found?.Installation.Series?.StartsWith('2') == true
                ? Path.Combine(folder, "lib", Path.GetFileName(found.Installation.StdLib))
                : environment.StdLib,
            Config = config,
        };
        if (environment.PipVersion is null && ImportedPip.OfExtended(files, environment) is string pip)
        {
            environment = environment with { PipVersion = pip, PipEnforces = ImportedPip.Enforces(pip) };
        }
        string? problem = ProblemOf(environment, config, exists, real, home);
        return problem is null ? environment : environment with { Health = EnvironmentHealth.Broken, Problem = problem };
    }

    /// <summary>
    /// Reads an environment of virtualenv before version 20, whose own <c>site.py</c> finds the base through
    /// <c>orig-prefix.txt</c>; null if the folder is not one.
    /// </summary>
    internal PythonEnvironment? ReadLegacy(string folder)
    {
        string lib = Path.Combine(folder, "lib");
        foreach (DirectoryItem item in files.List(lib).Where(item => item.Name.StartsWith("python", StringComparison.Ordinal)))
        {
            if (files.ReadText(Path.Combine(lib, item.Name, "orig-prefix.txt")) is not string origin
                || InterpreterFolder.ExecutableIn(files, folder) is not string executable)
            {
                continue;
            }
            bool includeSystem = !files.IsFile(Path.Combine(lib, item.Name, "no-global-site-packages.txt"));
            BaseInterpreter? found = interpreters.Find(origin.Trim(), Path.Combine(origin.Trim(), "bin", item.Name));
            PythonEnvironment environment = found is not null ? interpreters.Describe(found, folder, includeSystem) : new PythonEnvironment
            {
                SitePackages = SitePackagesIn(folder),
                Root = files.Root,
                Health = EnvironmentHealth.Broken,
                Problem = EnvironmentMessages.NoOrigin(origin.Trim()),
            };
            return AsVirtual(environment, folder, executable, includeSystem) with
            {
                Manager = PythonManager.Virtualenv,
                StdLib = Path.Combine(lib, item.Name),
            };
        }
        return null;
    }

    private PythonEnvironment AsVirtual(PythonEnvironment environment, string folder, string executable, bool includeSystem) =>
        environment with
    {
        Executable = executable,
        Kind = EnvironmentKind.Virtual,
        IsVirtual = true,
        Prefix = folder,
        Scripts = Path.GetDirectoryName(executable),
        IncludeSystemSitePackages = includeSystem,
        Aliases = InterpreterFolder.OtherNames(files, executable, isSame: null),
    };

    private string? ProblemOf(PythonEnvironment environment, VenvConfig config, bool exists, string? real, string? home)
    {
        string executable = environment.Executable;
        if (config.MadeOn is not null)
        {
            return EnvironmentMessages.MadeOn(config.MadeOn);
        }
        if (config.Problem is not null)
        {
            return config.Problem;
        }
        if (!exists)
        {
            return EnvironmentMessages.NoInterpreter(executable);
        }
        if (real is null)
        {
            return End(executable) is string end
                ? EnvironmentMessages.DanglingLink(executable, end) : EnvironmentMessages.CircularLink(executable);
        }
        if (!interpreters.IsExecutable(real))
        {
            return EnvironmentMessages.NotExecutable(real);
        }
        if (IsImpossible(home))
        {
            return EnvironmentMessages.InvalidHome();
        }
        if (environment.StdLib is null)
        {
            return ExecutableFile.Read(files, real) is null ? EnvironmentMessages.NotAProgram(real)
                : home is not null && search.IsFile(home) ? EnvironmentMessages.HomeIsFile(home)
                : home is not null && !files.IsDirectory(home) ? EnvironmentMessages.NoHome(home)
                : EnvironmentMessages.NoBaseLibrary();
        }
        if (MadeFor(environment, config) is Version made)
        {
            return EnvironmentMessages.OtherVersion(made, environment.Version!);
        }
        string scripts = Path.GetDirectoryName(executable)!;
        return RecordedLocation.MadeFor(files, scripts) is string from && !files.IsSame(from, environment.Prefix)
            ? EnvironmentMessages.Moved(from, files.IsFile(Path.Combine(from, PyVenvConfigFile.FileName)), scripts)
            : null;
    }

    // The version whose distributions it has, if its interpreter does not find those. On Windows the folder has no
    // version in its name.
    private Version? MadeFor(PythonEnvironment environment, VenvConfig config)
    {
        string library = Path.GetFileName(environment.StdLib!);
        if (library is "Lib")
        {
            return InterpreterVersion.Numbers(config.Version) is Version made && environment.VersionInfo is Version now
                && (made.Major, made.Minor) != (now.Major, now.Minor) ? made : null;
        }
        string lib = Path.Combine(environment.Prefix, "lib");
        return files.IsDirectory(Path.Combine(lib, library)) ? null
            : files.List(lib).Select(item => InterpreterName.Parse(item.Name))
                .FirstOrDefault(name => name is { Minor: not null }) is InterpreterName other
                ? new Version(other.Major!.Value, other.Minor!.Value) : null;
    }

    private static bool IsImpossible(string? home) => home is not null && !PathText.IsPossible(home);

    // Where a chain of links ends; null if it is circular.
    private string? End(string link)
    {
        for (int links = 0; links < 40; links++)
        {
            if (files.ReadLink(link) is not string target)
            {
                return link;
            }
            link = Path.GetFullPath(target, Path.GetDirectoryName(link)!);
        }
        return null;
    }

    private List<string> SitePackagesIn(string folder)
    {
        string lib = Path.Combine(folder, "lib");
        return [.. files.List(lib).Select(item => Path.Combine(lib, item.Name, "site-packages"))
            .Append(Path.Combine(folder, "Lib", "site-packages")).Where(files.IsDirectory)];
    }
}
