using Pep668.Machines;

namespace Pep668.Pip.Applications;

/// <summary>A command of an application that is available outside of its environment.</summary>
/// <param name="Name">Its name as its installer lists it.</param>
/// <param name="Path">The link to it, or its copy.</param>
internal sealed record ExposedCommand(string Name, string Path)
{
    /// <summary>The program that PATH finds under this name, if that is another one; null if PATH finds this
    /// command.</summary>
    /// <param name="machine">Whose PATH.</param>
    /// <param name="isFound">Whether PATH finds a program of this name.</param>
    internal string? FoundInstead(Machine machine, out bool isFound)
    {
        string file = System.IO.Path.GetFileName(Path);
        string? found = machine.SearchPath().Select(folder => System.IO.Path.Combine(folder, file))
            .FirstOrDefault(machine.Files.IsExecutable);
        isFound = found is not null;
        return found is null || string.Equals(found, Path, HostPlatform.PathComparison) || machine.Files.IsSame(found, Path) ? null : found;
    }
}
