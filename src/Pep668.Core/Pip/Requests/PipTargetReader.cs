using System.Collections.Immutable;
using Pep668.Machines;
using Pep668.Requirements;
using Pep668.Text;
using Pep668.Versions;

namespace Pep668.Pip.Requests;

/// <summary>Tells what a part of a text is, in the order of <c>parse_req_from_line</c> of pip's
/// <c>constructors.py</c>.</summary>
internal sealed class PipTargetReader(string text, int start, int end, Machine machine)
{
    internal const string NoProject = "No pyproject.toml and no setup.py in this folder.";
    internal const string UnsoundHost = "Unmatched bracket in the host of the URL.";

    private readonly string _whole = text[start..end];

    /// <summary>Whether a folder can be installed (<c>pip/_internal/utils/misc.py</c>,
    /// <c>is_installable_dir</c>).</summary>
    internal static bool HasProject(Machine machine, string folder) =>
        machine.Files.IsFile(Path.Combine(folder, "pyproject.toml")) || machine.Files.IsFile(Path.Combine(folder, "setup.py"));

    /// <summary>Extras after a path: pip takes them in lower case.</summary>
    internal static ImmutableArray<string> Lower(ImmutableArray<string> extras) =>
        [.. extras.Select(extra => extra.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];

    /// <summary>Where extras in brackets begin at the end of a path; -1 when there are none.</summary>
    internal static int Extras(string path)
    {
        int bracket = path.EndsWith(']') ? path.LastIndexOf('[') : -1;
        return bracket > 0 && bracket < path.Length - 2 && path.IndexOf(']', bracket) == path.Length - 1 ? bracket : -1;
    }

    internal PipTarget? Read(out RequirementProblem? problem)
    {
        bool isUrl = PipUrl.IsUrl(_whole);
        string separator = isUrl ? "; " : ";"; // a URL may have one inside
        int sign = text.IndexOf(separator, start, StringComparison.Ordinal); // also where the blank is the last character
        int nameEnd = sign < 0 ? end : start + PythonText.StripEnd(text.AsSpan(start, sign - start)).Length;
        RequirementCondition? marker = null;
        problem = null;
        if (sign >= 0)
        {
            int markerStart = end - PythonText.StripStart(text.AsSpan(sign + 1, end - sign - 1)).Length;
            marker = markerStart < end ? RequirementCondition.Read(text, markerStart, end, out problem) : null;
        }
        return
            problem is not null ? null
            : isUrl ? ReadUrl(nameEnd, marker, out problem)
            : ReadPath(nameEnd, marker, out problem) ?? (problem is null ? ReadRequirement(nameEnd, marker, out problem) : null);
    }

    private PipTarget? ReadUrl(int nameEnd, RequirementCondition? marker, out RequirementProblem? problem)
    {
        problem = null;
        string url = text[start..nameEnd];
        if (!PipUrl.HasSoundHost(url))
        {
            problem = new(UnsoundHost, text, start);
            return null;
        }
        Requirement? told = null;
        string file = PipUrl.FileName(url);
        if (ArchiveName.IsWheel(file))
        {
            told = ArchiveName.ReadWheel(file);
            problem = told is null ? NoWheelName() : null;
        }
        else if (PipUrl.Egg(url) is (int eggStart, int eggEnd))
        {
            told = RequirementParser.Read(text, start + eggStart, start + eggEnd, out problem);
        }
        return problem is null ? new(_whole, PipTargetKind.Url, told?.Name, told?.Extras ?? [], marker, url: url) : null;
    }

    // Null without a problem if it is not a path.
    private PipTarget? ReadPath(int nameEnd, RequirementCondition? marker, out RequirementProblem? problem)
    {
        string name = text[start..nameEnd];
        string path = Path.TrimEndingDirectorySeparator(machine.FromHere(name));
        int bracket = Extras(path);
        ImmutableArray<string> extras = [];
        problem = null;
        if (bracket >= 0)
        {
            string written = path[bracket..];
            int at = name.LastIndexOf(written, StringComparison.Ordinal);
            extras = RequirementParser.ReadExtras(written, 0, written.Length, out problem);
            // The place in the whole text; brackets may also be those of the current folder, which pip takes for extras
            // too.
            problem = problem is null ? null : new(problem.Message, text, start + (at < 0 ? 0 : at + problem.Position));
            path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path[..bracket]));
        }
        if (LooksLikePath(name) && machine.Files.IsDirectory(path))
        {
            problem ??= HasProject(machine, path) ? null : new(NoProject, text, start);
            return ReadPresent(path, extras, marker, ref problem);
        }
        if (!ArchiveName.IsArchive(path))
        {
            return null;
        }
        if (machine.Files.IsFile(path))
        {
            return ReadPresent(path, extras, marker, ref problem);
        }
        int sign = name.IndexOf('@', StringComparison.Ordinal);
        if (sign < 0 || LooksLikePath(name[..sign]))
        {
            problem ??= new("No file of this name exists.", text, start);
        }
        return null;
    }

    // A folder that is called as a wheel is one to pip.
    private PipTarget? ReadPresent(string path, ImmutableArray<string> extras, RequirementCondition? marker,
        ref RequirementProblem? problem)
    {
        string file = Path.GetFileName(path);
        Requirement? told = ArchiveName.IsWheel(file) ? ArchiveName.ReadWheel(file) : null;
        problem ??= told is null && ArchiveName.IsWheel(file) ? NoWheelName() : null;
        return problem is null ? new(_whole, PipTargetKind.LocalPath, told?.Name, Lower(extras), marker, path: path) : null;
    }

    private PipTarget? ReadRequirement(int nameEnd, RequirementCondition? marker, out RequirementProblem? problem)
    {
        Requirement? read = RequirementParser.Read(text, start, nameEnd, out problem);
        if (read is not null)
        {
            Requirement requirement = new(_whole, read.Name, read.Extras, read.Specifiers, read.Url, marker);
            return new(_whole, PipTargetKind.Requirement, read.Name, read.Extras, marker, requirement);
        }
        string name = text[start..nameEnd].Split('@')[0];
        if (LooksLikePath(name))
        {
            problem = new(
                machine.Files.IsFile(machine.FromHere(text[start..nameEnd]))
                    ? "Not a wheel and not a source archive; a requirements file is given with -r."
                    : "This path does not exist.",
                text,
                start);
        }
        return null;
    }

    private RequirementProblem NoWheelName() =>
        new("Invalid wheel file name; expected 'name-version[-build]-python-abi-platform.whl'.", text, start);

    private bool LooksLikePath(string name) =>
        name.Contains('/', StringComparison.Ordinal) || name.StartsWith('.')
            || (machine.Platform == Platform.Windows && name.Contains('\\', StringComparison.Ordinal));
}
