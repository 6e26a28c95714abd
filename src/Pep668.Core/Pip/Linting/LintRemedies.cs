namespace Pep668.Pip.Linting;

/// <summary>What to write instead of an override.</summary>
internal static class LintRemedies
{
    private const string ImageVenv = "/opt/venv";
    private const int MostInstalls = 3;

    /// <summary>Instead of an install with the option.</summary>
    /// <param name="kind">The kind of the file.</param>
    /// <param name="arguments">What pip gets after <c>install</c>, without the option; null if they are not
    /// known.</param>
    internal static IReadOnlyList<Remedy> Install(LintKind kind, IReadOnlyList<string>? arguments)
    {
        bool isImage = kind == LintKind.Dockerfile;
        string folder = isImage ? ImageVenv : ".venv";
        string scripts = kind is LintKind.PowerShell or LintKind.Batch ? "Scripts" : "bin";
        var create = new ProgramStep("python3", "-m", "venv", folder);
        string reason = isImage ? $"creates a virtual environment in the image; put {folder}/bin first in PATH with ENV"
            : "creates a virtual environment and installs there";
        return arguments is null
            ? [new(isImage ? reason : "creates a virtual environment, whose pip needs no override", create)]
            : [new(reason, create, new ProgramStep([$"{folder}/{scripts}/pip", "install", .. arguments]))];
    }

    /// <summary>Instead of Ansible's parameter.</summary>
    internal static IReadOnlyList<Remedy> Task { get; } =
        [new($"creates a virtual environment; name it in the task: 'virtualenv: {ImageVenv}'",
            new ProgramStep("python3", "-m", "venv", ImageVenv))];

    /// <summary>Instead of a variable or a setting.</summary>
    /// <param name="kind">The kind of the file.</param>
    internal static IReadOnlyList<Remedy> Setting(LintKind kind) => kind is LintKind.PipConfig or LintKind.Toml
        ? [new("creates a virtual environment, where no override is needed; remove the setting",
            new ProgramStep("python3", "-m", "venv", ".venv"))]
        : Install(kind, null);

    /// <summary>Instead of removing a marker.</summary>
    /// <param name="kind">The kind of the file.</param>
    internal static IReadOnlyList<Remedy> Marker(LintKind kind) =>
        [.. Install(kind, null).Select(one => one with { Reason = one.Reason + "; keep the marker" })];

    /// <summary>The remedies of several findings: those that create the same environment are one, which installs what
    /// the first few of them install.</summary>
    /// <param name="remedies">The remedies.</param>
    internal static IReadOnlyList<Remedy> Merge(IEnumerable<Remedy> remedies) =>
        [.. remedies.GroupBy(one => TextOf(one.Steps[0]), StringComparer.Ordinal).Select(group =>
        {
            Remedy best = group.MaxBy(one => one.Steps.Count)!;
            return best with
            {
                Steps = [best.Steps[0], .. group.SelectMany(one => one.Steps.Skip(1)).Where(step => IsSameProgram(step, best.Steps[^1]))
                    .DistinctBy(TextOf, StringComparer.Ordinal).Take(MostInstalls)],
            };
        })];

    // The pip of an environment has another path on Windows.
    private static bool IsSameProgram(RemedyStep one, RemedyStep other) => one is ProgramStep first && other is ProgramStep second
        && string.Equals(first.Arguments[0], second.Arguments[0], StringComparison.Ordinal);

    private static string TextOf(RemedyStep step) => step is ProgramStep program ? string.Join('\0', program.Arguments) : step.ToString();
}
