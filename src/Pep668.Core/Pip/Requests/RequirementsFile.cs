using System.Text;
using Pep668.Machines;

namespace Pep668.Pip.Requests;

/// <summary>
/// The names that requirement files ask for, as far as their lines tell (pip's "Requirements File Format"): lines that
/// go on, comments, <c>-e</c>, and files that they name with <c>-r</c>. What pip makes of the rest is pip's own.
/// </summary>
internal sealed class RequirementsFile(Machine machine)
{
    // pip itself ends with a RecursionError at some hundred files.
    private const int MaximumDepth = 200;

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly List<PipTarget> _targets = [];
    private int _depth;

    internal static IReadOnlyList<PipTarget> Read(Machine machine, IEnumerable<string> files)
    {
        var lines = new RequirementsFile(machine);
        foreach (string file in files)
        {
            lines.Read(machine.FromHere(file));
        }
        return lines._targets;
    }

    private void Read(string path)
    {
        if (_depth == MaximumDepth || !_read.Add(path) || machine.Files.ReadText(path) is not string text)
        {
            return;
        }
        _depth++;
        var line = new StringBuilder();
        foreach (string raw in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n'))
        {
            bool goesOn = raw.EndsWith('\\') && !raw.TrimStart().StartsWith('#');
            line.Append(goesOn ? raw.AsSpan(0, raw.Length - 1) : raw);
            if (!goesOn)
            {
                Take(WithoutComment(line.ToString()).Trim(), Path.GetDirectoryName(path)!);
                line.Clear();
            }
        }
        Take(WithoutComment(line.ToString()).Trim(), Path.GetDirectoryName(path)!);
        _depth--;
    }

    private void Take(string line, string folder)
    {
        if (Option(line, "-r", "--requirement") is string file)
        {
            if (!PipUrl.IsUrl(file))
            {
                Read(PathText.Absolute(file, folder));
            }
        }
        else if (Option(line, "-e", "--editable") is string editable)
        {
            if (PipTarget.TryParseEditable(editable, machine, out PipTarget? project, out _))
            {
                _targets.Add(project);
            }
        }
        else if (line.Length > 0 && line[0] != '-')
        {
            // Options of a single requirement, such as --hash, follow it.
            int options = line.IndexOf(" --", StringComparison.Ordinal);
            if (PipTarget.TryParse(options < 0 ? line : line[..options], machine, out PipTarget? target, out _))
            {
                _targets.Add(target);
            }
        }
    }

    private static string? Option(string line, string brief, string name)
    {
        if (line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && (line[name.Length] is '=' or ' ' or '\t'))
        {
            return line[(name.Length + 1)..].Trim();
        }
        return line.StartsWith(brief, StringComparison.Ordinal) && !line.StartsWith("--", StringComparison.Ordinal)
            && line.Length > brief.Length
            ? line[brief.Length..].Trim().TrimStart('=')
            : null;
    }

    private static string WithoutComment(string line)
    {
        for (int at = line.IndexOf('#', StringComparison.Ordinal); at >= 0; at = line.IndexOf('#', at + 1))
        {
            if (at == 0 || char.IsWhiteSpace(line[at - 1]))
            {
                return line[..at];
            }
        }
        return line;
    }
}
