using System.Text;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Discovery.Resolution;

/// <summary>
/// Finds the Python that a command on PATH belongs to: the interpreter in the script's first line, the one that a
/// script for a shell starts, or the one in pip's launcher for Windows. Shims are followed; no program is run.
/// </summary>
internal sealed class CommandResolver(EnvironmentCatalog catalog)
{
    private const int MostBytes = 4 << 20;

    // As uv writes it into scripts of a relocatable environment.
    private const string FolderOfScript = "$(dirname -- \"$(realpath -- \"$0\")\")";

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
        if (start > 0)
        {
            return first.Trim('"').Split(".exe", 2, StringSplitOptions.None)[0].TrimStart('"') + ".exe";
        }
        string[] words = first.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null
            : Path.GetFileName(words[0]) is "env" ? InterpreterOf(words.Skip(1), script) ?? Started(lines.Skip(1), script)
            : Path.GetFileName(words[0]) is "sh" or "bash" or "dash" or "zsh" or "ksh" ? Started(lines.Skip(1), script)
            : words[0];
    }

    // What a script for a shell starts in its place: the long form that pip and uv write if the path of the interpreter
    // is too long for the kernel, has a blank or is relative to the script, or "exec python3 -m pip".
    private string? Started(IEnumerable<string> lines, string script)
    {
        foreach (IReadOnlyList<string> words in lines.Select(line => ShellWords.Split(line.Trim())))
        {
            if (words is ["exec", _, ..] && InterpreterOf(words.Skip(1), script) is string found)
            {
                return found;
            }
        }
        return null;
    }

    // The first word that names an interpreter: before it are options and variables of env.
    private string? InterpreterOf(IEnumerable<string> command, string script)
    {
        string? word = command.FirstOrDefault(one => one is not ['-', ..] && !IsVariable(one) && Path.GetFileName(one) is not "env");
        if (word?.StartsWith(FolderOfScript, StringComparison.Ordinal) == true)
        {
            word = Path.GetDirectoryName(Machine.Files.RealPath(script) ?? script) + word[FolderOfScript.Length..];
        }
        return word is null || InterpreterName.Parse(Path.GetFileName(word)) is null ? null : IsPath(word) ? word : Locate(word);
    }

    private static bool IsVariable(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is > 0 and int sign && word.AsSpan(0, sign).IndexOfAny('/', ' ') < 0;
}
