using System.Text;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Discovery.Resolution;

/// <summary>
/// Finds the Python that a command on PATH belongs to: the interpreter in the script's first line, in the long form
/// that pip writes if the path is too long for the kernel, or in pip's launcher for Windows. Shims are followed; no
/// program is run.
/// </summary>
internal sealed class CommandResolver(EnvironmentCatalog catalog)
{
    private const int MostBytes = 4 << 20;

    private Machine Machine => catalog.Machine;

    /// <summary>Finds a command and its environment.</summary>
    /// <param name="command">The name of a command, such as <c>pip</c>, or its path.</param>
    public Outcome<PythonEnvironment> Find(string command)
    {
        if (Locate(command) is not string path)
        {
            return DiscoveryMessages.NoCommand(command, IsPath(command));
        }
        var reasons = new List<string>();
        if (!IsPath(command))
        {
            reasons.Add(DiscoveryMessages.FoundCommand(path, command));
        }
        if (catalog.FollowShims(path) is not string target)
        {
            return DiscoveryMessages.DeadShim(command, path);
        }
        if (!string.Equals(target, path, StringComparison.Ordinal))
        {
            reasons.Add(DiscoveryMessages.FollowedShim(target, path));
        }
        string? script = Interpreter(target);
        string interpreter = script ?? target;
        if (catalog.Identify(interpreter, FoundBy.Command).Environment is not PythonEnvironment environment)
        {
            return DiscoveryMessages.NotOfPython(command, target, script);
        }
        if (script is not null)
        {
            reasons.Add(DiscoveryMessages.RunBy(interpreter, target));
        }
        return Outcome.Success(environment, reasons);
    }

    private static bool IsPath(string command) => command.AsSpan().IndexOfAny('/', Path.DirectorySeparatorChar) >= 0;

    private string? Locate(string command)
    {
        if (IsPath(command))
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
        // A launcher is a program with "#!path", a line break and a zip file after it (distlib's launchers).
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
}
