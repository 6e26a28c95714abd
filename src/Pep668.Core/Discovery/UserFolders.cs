using Pep668.Machines;

namespace Pep668.Discovery;

/// <summary>The folders in which tools keep a user's data.</summary>
internal static class UserFolders
{
    /// <summary>
    /// <c>$XDG_DATA_HOME</c> where it is an absolute path, and <c>~/.local/share</c>: what was made before the variable was set is still there
    /// (XDG Base Directory Specification).
    /// </summary>
    internal static IEnumerable<string> Data(Machine machine)
    {
        IEnumerable<string> usual = machine.Homes().Select(home => Path.Combine(home, ".local", "share"));
        return machine.Variable("XDG_DATA_HOME") is string data && Path.IsPathRooted(data) ? usual.Prepend(data) : usual;
    }

    /// <summary><c>~/Library/Application Support</c> of macOS.</summary>
    internal static IEnumerable<string> ApplicationSupport(Machine machine) =>
        machine.Platform == Platform.MacOS ? machine.Homes().Select(home => Path.Combine(home, "Library", "Application Support")) : [];

    /// <summary>The folders of a variable, where it is set, and the usual ones; each once.</summary>
    internal static IEnumerable<string> Named(Machine machine, string variable, IEnumerable<string> usual) =>
        (machine.Variable(variable) is string folder ? usual.Prepend(Path.TrimEndingDirectorySeparator(machine.Absolute(folder))) : usual)
            .Distinct(StringComparer.Ordinal);
}
