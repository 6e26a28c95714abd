using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;
using Pep668.Requirements;

namespace Pep668.Pip.Planning;

/// <summary>One thing that a request asks for, which can be resolved alone.</summary>
/// <param name="Label">How the user wrote it, with the credentials of URLs hidden.</param>
/// <param name="Target">What it is; null for a file of requirements that is not read here.</param>
internal sealed record PlanPart(string Label, PipTarget? Target)
{
    /// <summary>The file of requirements, if it is one.</summary>
    internal string? File { get; init; }

    /// <summary>The line of a requirements file, if it comes from one.</summary>
    internal RequirementLine? Line { get; init; }

    /// <summary>Whether pip or uv would have to build it before its name, version and dependencies are known: a
    /// project, a source distribution, a repository.</summary>
    internal bool NeedsBuild { get; init; }

    /// <summary>What a request asks for, without what its conditions exclude; and the options that its requirements
    /// files set, without those that ask for builds.</summary>
    /// <param name="machine">Where it would run.</param>
    /// <param name="request">The request.</param>
    /// <param name="program">What would run it.</param>
    internal static (IReadOnlyList<PlanPart> Parts, IReadOnlyList<RequirementLine> Options) Read(
        Machine machine, PipRequest request, PipProgram program)
    {
        ConditionVariables variables = PipConditions.Variables(machine, request.Environment, program);
        var parts = new List<PlanPart>();
        var options = new List<RequirementLine>();
        parts.AddRange(request.Packages.Select(target => new PlanPart(target.Redacted, target) { NeedsBuild = IsSource(machine, target) }));
        parts.AddRange(request.Editables.Select(target => new PlanPart(target.Redacted, target) { NeedsBuild = true }));
        foreach (string file in request.Requirements)
        {
            // Of a project, uv reads the dependencies, and may build it for that.
            bool isProject = program.IsUv && Path.GetFileName(file) is "pyproject.toml" or "setup.py" or "setup.cfg";
            if (isProject || RequirementsFile.Lines(machine, file) is not IReadOnlyList<RequirementLine> lines)
            {
                parts.Add(OfFile(file) with { NeedsBuild = isProject });
                continue;
            }
            foreach (RequirementLine line in lines)
            {
                if (line.Target is PipTarget target)
                {
                    parts.Add(new(target.Redacted, target) { Line = line, NeedsBuild = line.IsEditable || IsSource(machine, target) });
                }
                else if (line.File is string other)
                {
                    parts.Add(OfFile(other));
                }
                else if (!line.Text.StartsWith("--no-binary", StringComparison.Ordinal))
                {
                    options.Add(line);
                }
            }
        }
        return ([.. parts.Where(part => part.Target?.Marker is not RequirementCondition condition
            || !condition.TryEvaluate(variables, out bool holds, out _) || holds)], options);
    }

    /// <summary>A request that asks for some parts, and for nothing else.</summary>
    /// <param name="request">The request that they are parts of.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="options">The options that its requirements files set.</param>
    internal static PipRequest Only(PipRequest request, IReadOnlyList<PlanPart> parts, IReadOnlyList<RequirementLine> options) =>
        request with
        {
            Packages = [.. parts.Where(part => part.File is null && part.Line is null).Select(part => part.Target!)],
            Editables = [],
            Requirements = [.. parts.Select(part => part.File).OfType<string>()],
            Lines = [.. options, .. parts.Select(part => part.Line).OfType<RequirementLine>()],
        };

    private static PlanPart OfFile(string file) => new(UrlCredentials.Redact(file), null) { File = file };

    private static bool IsSource(Machine machine, PipTarget target) => target.Kind switch
    {
        PipTargetKind.LocalPath => machine.Files.IsDirectory(target.Path!) || !ArchiveName.IsWheel(target.Path!),
        PipTargetKind.Url => IsSource(target.Url!),
        _ => target.Requirement?.Url is string url && IsSource(url),
    };

    private static bool IsSource(string url) => PipUrl.IsVersionControl(url) || !ArchiveName.IsWheel(PipUrl.FileName(url));
}
