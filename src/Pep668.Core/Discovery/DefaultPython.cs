using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Discovery;

/// <summary>What <c>python3</c> at the prompt starts, else <c>python</c>; on Windows <c>python</c> first.</summary>
/// <param name="Environment">The first that belongs to an environment, shims followed; null if PATH has none.</param>
/// <param name="Script">The script that is before it on PATH under the same name; null without one.</param>
internal sealed record DefaultPython(PythonEnvironment? Environment, string? Script)
{
    /// <summary>Finds it.</summary>
    internal static DefaultPython Find(Machine machine, ShimReader shims)
    {
        string[][] commands = machine.Platform == Platform.Windows
            ? [["python.exe", "python.bat", "python.cmd"], ["python3.exe", "python3.bat", "python3.cmd"]]
            : [["python3"], ["python"]];
        string? first = null;
        foreach (string[] names in commands)
        {
            string? script = null;
            foreach (string path in machine.SearchPath().SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
                .Where(machine.Files.IsExecutable))
            {
                EnvironmentReading reading = shims.Read(path);
                if (reading.Environment is PythonEnvironment found)
                {
                    return new(found, script);
                }
                // A shim whose version is not installed starts nothing.
                script ??= reading.Reason == ReadFailure.Script && EnvironmentReader.IsScript(machine.Files, path)
                    && string.Equals(shims.Follow(path), path, StringComparison.Ordinal) ? path : null;
            }
            first ??= script;
        }
        return new(null, first);
    }
}
