using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Discovery;

/// <summary>What <c>python3</c> at the prompt starts, else <c>python</c>; on Windows <c>python</c> first.</summary>
internal static class DefaultPython
{
    /// <summary>The first that belongs to an environment, shims followed; null if PATH has none.</summary>
    internal static PythonEnvironment? Find(Machine machine, ShimReader shims)
    {
        string[][] commands = machine.Platform == Platform.Windows
            ? [["python.exe", "python.bat", "python.cmd"], ["python3.exe", "python3.bat", "python3.cmd"]]
            : [["python3"], ["python"]];
        foreach (string[] names in commands)
        {
            foreach (string path in machine.SearchPath().SelectMany(folder => names.Select(name => Path.Combine(folder, name))))
            {
                if (machine.Files.IsExecutable(path) && shims.Read(path).Environment is PythonEnvironment found)
                {
                    return found;
                }
            }
        }
        return null;
    }
}
