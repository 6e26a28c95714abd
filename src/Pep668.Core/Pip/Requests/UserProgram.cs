using Pep668.Machines;

namespace Pep668.Pip.Requests;

/// <summary>Finds a program that users install for themselves, also if its folder is not on their PATH.</summary>
internal static class UserProgram
{
    /// <summary>The program in the folders of PATH, in <c>~/.local/bin</c> or in <c>~/.cargo/bin</c>; null if it was
    /// not found.</summary>
    /// <param name="machine">Where it is searched.</param>
    /// <param name="program">Its name.</param>
    /// <param name="folders">The folders of PATH.</param>
    internal static string? Find(Machine machine, string program, IEnumerable<string> folders)
    {
        string name = machine.Platform == Platform.Windows ? program + ".exe" : program;
        // With sudo, the home folder may be that of another user, whose programs are not run.
        IEnumerable<string> inHome = machine.Home is not string home ? []
            : ((string[])[".local", ".cargo"]).Select(folder => Path.Combine(home, folder, "bin", name))
                .Where(path => FileTrust.IsTrusted(machine, path));
        return folders.Select(folder => Path.Combine(folder, name)).Concat(inHome).FirstOrDefault(machine.Files.IsExecutable);
    }
}
