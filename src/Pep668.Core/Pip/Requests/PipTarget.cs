using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Pip.Requests;

/// <summary>What a text on pip's command line can be.</summary>
internal enum PipTargetKind
{
    /// <summary>A requirement of PEP 508, a direct reference (<c>name @ url</c>) included.</summary>
    Requirement,

    /// <summary>A folder with a project, or a wheel or source archive on disk.</summary>
    LocalPath,

    /// <summary>A URL, perhaps of a version control system.</summary>
    Url,
}

/// <summary>
/// One thing to install, told apart as pip does it (<c>pip/_internal/req/constructors.py</c>,
/// <c>parse_req_from_line</c>): URLs by their scheme, paths by a separator, a leading dot or an archive's ending
/// together with what is on disk, and all else as a requirement.
/// </summary>
internal sealed class PipTarget
{
    internal PipTarget(
        string text, PipTargetKind kind, string? name, ImmutableArray<string> extras, RequirementCondition? marker,
        Requirement? requirement = null,
        string? path = null, string? url = null)
    {
        Text = text;
        Kind = kind;
        Name = name;
        Extras = extras;
        Marker = marker;
        Requirement = requirement;
        Path = path;
        Url = url;
    }

    /// <summary>The text that was read, without white space around it: what to hand to pip. It may have credentials in
    /// it.</summary>
    public string Text { get; }

    /// <summary>What it is.</summary>
    public PipTargetKind Kind { get; }

    /// <summary>
    /// The distribution's name as far as the text tells: a requirement's, that in a wheel's file name (PEP 427, "File
    /// name convention"), or what follows <c>#egg=</c>; else null, and only a build of it would tell.
    /// </summary>
    public string? Name { get; }

    /// <summary>The name by which it is compared (PEP 503), or null.</summary>
    public string? NormalizedName => Name is null ? null : Requirements.NormalizedName.Normalize(Name);

    /// <summary>The extras that are asked for; after a path in lower case, as pip takes them.</summary>
    public ImmutableArray<string> Extras { get; }

    /// <summary>Where it is wanted; null for everywhere.</summary>
    public RequirementCondition? Marker { get; }

    /// <summary>The requirement, when it is one.</summary>
    public Requirement? Requirement { get; }

    /// <summary>The absolute path, when it is one, without extras and marker.</summary>
    public string? Path { get; }

    /// <summary>The URL, when it is one, without marker. It may have credentials in it.</summary>
    public string? Url { get; }

    /// <summary>The text with the credentials of URLs hidden, for messages.</summary>
    public string Redacted => UrlCredentials.Redact(Text);

    /// <summary>Tells what a text is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="machine">Where files are looked for, and where relative paths start.</param>
    /// <param name="target">What it is, or null.</param>
    /// <param name="problem"> What is wrong and where: it is none of the three, would be parsed as an option, names a
    /// file that is not there, or a folder without a project. </param>
    public static bool TryParse(
        string? text, Machine machine, [NotNullWhen(true)] out PipTarget? target, [NotNullWhen(false)] out RequirementProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(machine);
        text ??= "";
        problem = RequirementText.Check(text, out int start, out int end);
        target = problem is null ? new PipTargetReader(text, start, end, machine).Read(out problem) : null;
        return target is not null;
    }

    /// <summary>What is probably meant by a text that is none of the three; null if that is not known.</summary>
    internal static string? Correct(string text, RequirementProblem problem, Machine machine) =>
        RequirementHints.Correct(text, problem.Position) is string corrected && TryParse(corrected, machine, out _, out _)
            ? corrected : null;

    /// <summary>Tells what a text is after pip's <c>--editable</c> (<c>parse_editable</c> of the same file).</summary>
    /// <param name="text">The text.</param>
    /// <param name="machine">Where files are looked for, and where relative paths start.</param>
    /// <param name="target">A path or a URL, or null.</param>
    /// <param name="problem">What is wrong and where.</param>
    public static bool TryParseEditable(
        string? text, Machine machine, [NotNullWhen(true)] out PipTarget? target, [NotNullWhen(false)] out RequirementProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(machine);
        text ??= "";
        problem = RequirementText.Check(text, out int start, out int end);
        target = problem is null ? new EditableTargetReader(text, start, end, machine).Read(out problem) : null;
        return target is not null;
    }

    /// <summary>Whether a text names the folder of a virtual environment without a project in it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="machine">Where files are looked for, and where relative paths start.</param>
    public static bool IsVirtualEnvironment(string text, Machine machine)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(machine);
        if (RequirementText.Check(text, out int start, out int end) is not null)
        {
            return false;
        }
        string folder = machine.FromHere(text[start..end]);
        bool Has(string name) => machine.Files.IsFile(System.IO.Path.Combine(folder, name));
        return Has(PyVenvConfigFile.FileName) && !PipTargetReader.HasProject(machine, folder) && !Has("setup.cfg");
    }

    /// <summary>The text with the credentials of URLs hidden.</summary>
    public override string ToString() => Redacted;
}
