using System.Text;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Discovery.Resolution;

/// <summary>
/// Which Python a command on PATH serves: the interpreter in the script's first line, in the long form that pip writes
/// where the path is too long for the kernel, or in the launcher that pip puts on Windows; shims looked through,
/// nothing run.
/// </summary>
internal sealed class CommandResolver(EnvironmentCatalog catalog)
{
    private const int MostBytes = 4 << 20;

    private Machine Machine => catalog.Machine;

    /// <summary>Finds a command, and the environment it works on.</summary>
    /// <param name="command">A command's name, such as <c>pip</c>, or a path of one.</param>
    public Outcome<PythonEnvironment> Find(string command)
    {
        string? path = Locate(command);
        if (path is null)
        {
            return NotFound(command, $"There is no command '{command}' on PATH.",
                "Get-PythonEnvironment | Format-Table Name, Executable, PipVersion");
        }
        var reasons = new List<string> { $"'{command}' is {path}." };
        if (catalog.FollowShims(path) is not string target)
        {
            return NotFound(command, $"'{path}' is a shim, and the version it is set to has no '{command}'.", "Get-PythonEnvironment");
        }
        if (!string.Equals(target, path, StringComparison.Ordinal))
        {
            reasons.Add($"That is a shim of {target}.");
        }
        string interpreter = Interpreter(target) ?? target;
        EnvironmentReading reading = catalog.Identify(interpreter, FoundBy.Command);
        if (reading.Environment is not PythonEnvironment environment)
        {
            bool isOther = !string.Equals(interpreter, target, StringComparison.Ordinal);
            string reason = isOther ? $"it names {interpreter}" : "it is not a Python script";
            return NotFound(command, $"'{target}' serves no Python that was found: {reason}.", "Get-PythonEnvironment");
        }
        reasons.Add($"It runs {interpreter}.");
        return Outcome.Success(environment, reasons);
    }

    private string? Locate(string command)
    {
        if (command.AsSpan().IndexOfAny('/', Path.DirectorySeparatorChar) >= 0)
        {
            string path = Machine.Absolute(command);
            return Machine.Files.IsFile(path) ? path : null;
        }
        string[] names = Machine.Platform == Platform.Windows ? [command + ".exe", command + ".bat", command + ".cmd", command] : [command];
        return Machine.SearchPath()
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(Machine.Files.IsExecutable);
    }

    private string? Interpreter(string script)
    {
        byte[]? bytes = Machine.Files.Read(script, MostBytes).Bytes;
        if (bytes is null)
        {
            return null;
        }
        // A launcher is a program with "#!path", a line's end and a zip behind it (distlib's launchers).
        int start = bytes.AsSpan().StartsWith("#!"u8) ? 0
            : bytes.AsSpan().StartsWith("MZ"u8) ? bytes.AsSpan().LastIndexOf("#!"u8)
            : -1;
        if (start < 0)
        {
            return null;
        }
        string[] lines = Encoding.UTF8.GetString(bytes.AsSpan(start, Math.Min(bytes.Length - start, 4096))).Split('\n');
        string first = lines[0][2..].Trim();
        if (first is "/bin/sh" or "/usr/bin/sh" && lines.Length > 1 && LongForm(lines[1]) is string named)
        {
            return named;
        }
        string[] words = first.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 1 && Path.GetFileName(words[0]) is "env")
        {
            string? command = words.Skip(1).FirstOrDefault(word => word[0] != '-');
            return command is null ? null : Locate(command);
        }
        return start > 0 ? first.Trim('"').Split(".exe", 2, StringSplitOptions.None)[0].TrimStart('"') + ".exe"
            : words.Length > 0 ? words[0]
            : null;
    }

    // '''exec' "/a/path/too long/or with blanks/python" "$0" "$@"
    private static string? LongForm(string line)
    {
        const string Start = "'''exec' ";
        if (!line.StartsWith(Start, StringComparison.Ordinal))
        {
            return null;
        }
        string rest = line[Start.Length..].TrimStart();
        return rest is ['"', ..] && rest.IndexOf('"', 1) is > 1 and int end ? rest[1..end] : rest.Split(' ')[0];
    }

    private static Failure NotFound(string command, string message, string action) =>
        new(FailureId.EnvironmentNotFound, message, command, action);
}
