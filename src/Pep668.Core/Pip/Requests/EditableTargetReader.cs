using System.Collections.Immutable;
using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Pip.Requests;

/// <summary>
/// Tells what may follow pip's <c>--editable</c> (<c>pip/_internal/req/constructors.py</c>, <c>parse_editable</c>): a
/// folder, with or without a separator in its name, a <c>file:</c> URL, or one of a version control system that names
/// the distribution. Markers there are none.
/// </summary>
internal sealed class EditableTargetReader(string text, int start, int end, Machine machine)
{
    private readonly string _whole = text[start..end];

    internal PipTarget? Read(out RequirementProblem? problem)
    {
        int bracket = PipTargetReader.Extras(_whole);
        string bare = bracket < 0 ? _whole : _whole[..bracket];
        string path = Path.TrimEndingDirectorySeparator(machine.FromHere(bare));
        problem = null;
        if (machine.Files.IsDirectory(path))
        {
            ImmutableArray<string> extras = ReadExtras(bracket, ref problem);
            problem ??= PipTargetReader.HasProject(machine, path) ? null : new(PipTargetReader.NoProject, text, start);
            return problem is null ? new(_whole, PipTargetKind.LocalPath, name: null, extras, marker: null, path: path) : null;
        }
        return bare.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            ? ReadFileUrl(bare, bracket, ref problem)
            : ReadVersionControl(ref problem);
    }

    private PipTarget? ReadFileUrl(string bare, int bracket, ref RequirementProblem? problem)
    {
        Requirement? told = ReadEgg(bare, ref problem);
        ImmutableArray<string> extras = ReadExtras(bracket, ref problem);
        return problem is null
            ? new(_whole, PipTargetKind.Url, told?.Name, extras.IsEmpty && told is not null ? told.Extras : extras, marker: null, url: bare)
            : null;
    }

    private PipTarget? ReadVersionControl(ref RequirementProblem? problem)
    {
        if (!PipUrl.IsVersionControl(_whole))
        {
            problem =
                new("An editable install needs a project folder or the URL of a version control system (git+https://…).",
                    text, start);
            return null;
        }
        if (!PipUrl.HasSoundHost(_whole))
        {
            problem = new(PipTargetReader.UnsoundHost, text, start);
            return null;
        }
        Requirement? told = ReadEgg(_whole, ref problem);
        if (told is null)
        {
            problem ??= new("Missing name; add '#egg=name' to the URL.", text, end);
            return null;
        }
        return new(_whole, PipTargetKind.Url, told.Name, told.Extras, marker: null, url: _whole);
    }

    private Requirement? ReadEgg(string url, ref RequirementProblem? problem) =>
        PipUrl.Egg(url) is (int from, int to) ? RequirementParser.Read(text, start + from, start + to, out problem) : null;

    private ImmutableArray<string> ReadExtras(int bracket, ref RequirementProblem? problem)
    {
        if (bracket < 0)
        {
            return [];
        }
        ImmutableArray<string> extras = RequirementParser.ReadExtras(text, start + bracket, end, out RequirementProblem? its);
        problem ??= its;
        return PipTargetReader.Lower(extras);
    }
}
