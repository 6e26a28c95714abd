using Pep668.Discovery;
using Pep668.Environments;

namespace Pep668.Venvs.Creation;

/// <summary>The base interpreter that an environment stands for: <c>sys._base_executable</c>.</summary>
internal sealed class BasePython(EnvironmentCatalog catalog)
{
    /// <summary>The base of an environment, read again from disk; or why it cannot be one.</summary>
    internal Outcome<PythonEnvironment> Find(PythonEnvironment given)
    {
        if (given.Root is not null)
        {
            return new Failure(
                FailureId.OfflineEnvironment, $"{given.Executable} is below the root {given.Root}: nothing is made there.", given,
                "Get-PythonEnvironment");
        }
        PythonEnvironment? python =
            given.IsVirtual ? Candidates(given).Select(Read).FirstOrDefault(one => one is { IsVirtual: false }) : Read(given.Executable);
        return python switch
        {
            null => new Failure(
                FailureId.PythonNotFound,
                given.IsVirtual ? $"The base Python of {given.Prefix} was not found." : $"{given.Executable} is not there any more.", given,
                "Get-PythonEnvironment -Kind Global"),
            { Health: EnvironmentHealth.Broken } => new Failure(
                FailureId.PythonNotFound, $"{python.Executable} cannot be used: {python.Problem}", python,
                "Get-PythonEnvironment -Kind Global"),
            { VersionInfo: null } or { StdLib: null } => new Failure(
                FailureId.PythonNotFound, $"The version of {python.Executable} could not be read.", python,
                "Get-PythonEnvironment -Kind Global"),
            _ when python.VersionInfo < new Version(3, 6) => new Failure(
                FailureId.PythonNotFound,
                $"Python {python.Version} ({python.Executable}) is too old: environments are made for 3.6 and later.", python,
                "Get-PythonEnvironment -Kind Global -Version '>=3.6'"),
            _ => python,
        };
    }

    private PythonEnvironment? Read(string path) => catalog.ReadOne(path).Environment;

    // The interpreter in home, by the name that the environment has it under (getpath.py), else by its usual ones.
    private static IEnumerable<string> Candidates(PythonEnvironment given)
    {
        if (given.Config?.Home is null && given.BasePrefix is null)
        {
            yield break;
        }
        string home = given.Config?.Home is string named ? Path.GetFullPath(named, given.Prefix) : Path.Combine(given.BasePrefix!, "bin");
        string extension = given.Executable.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? ".exe" : "";
        string start = given.Implementation is "PyPy" ? "pypy" : "python";
        yield return Path.Combine(home, Path.GetFileName(given.Executable));
        if (given.VersionInfo is Version version)
        {
            yield return Path.Combine(home, FormattableString.Invariant($"{start}{version.Major}.{version.Minor}{extension}"));
            yield return Path.Combine(home, FormattableString.Invariant($"{start}{version.Major}{extension}"));
        }
        yield return Path.Combine(home, start + extension);
    }
}
