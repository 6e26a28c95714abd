using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Pip.Policy;

/// <summary>What the tool that runs makes of arguments, variables and files.</summary>
internal sealed record ToolRules
{
    /// <summary>The rules of what runs a request.</summary>
    internal static ToolRules Read(Machine machine, PipRequest request, PipProgram program) =>
        program.IsUv ? UvRules.Read(machine, request) : PipRules.Read(machine, request, program.Version);

    /// <summary>What is asked.</summary>
    internal required PipRequest Request { get; init; }

    /// <summary>Where relative paths start for the tool.</summary>
    internal required string CurrentDirectory { get; init; }

    /// <summary>What would be changed.</summary>
    internal required PythonEnvironment Environment { get; init; }

    /// <summary><c>pip 23.0.1</c>, or <c>uv</c>.</summary>
    internal required string Tool { get; init; }

    /// <summary>Whether the tool checks PEP 668.</summary>
    internal required bool Enforces { get; init; }

    /// <summary>How it is told to override.</summary>
    internal required OverrideMeans Means { get; init; }

    /// <summary>Whether it must be a virtual environment.</summary>
    internal string? RequiresVirtual { get; init; }

    /// <summary>Whether nothing would be changed and the tool lets it through for that.</summary>
    internal bool IsExempt { get; init; }

    /// <summary>Where else it is told to install to.</summary>
    internal IReadOnlyList<InstallDestination> Places { get; init; } = [];

    /// <summary>The other place for which the tool also removes from the environment what it installs in another
    /// version; null if it removes nothing.</summary>
    internal InstallDestination? Removes { get; init; }

    /// <summary>Whether the packages that the request names are installed, and nothing else.</summary>
    internal bool IsWithoutDependencies { get; init; }

    /// <summary>What asks for the user's own folder; null when nothing does.</summary>
    internal string? User { get; init; }

    /// <summary>Whether the tool never uses the user's own folder, however little it may write elsewhere.</summary>
    internal bool RefusesUser { get; init; }

    /// <summary>Whether the tool removes no installed package (<c>--ignore-installed</c>).</summary>
    internal bool IgnoresInstalled { get; init; }

    /// <summary>The settings that send the tool elsewhere or to the user site: an alternative needs them
    /// removed.</summary>
    internal IReadOnlyList<PipSetting> Blocking { get; init; } = [];

    /// <summary>Whether the request or its arguments override.</summary>
    internal bool AsksToOverride { get; init; }

    /// <summary>The override in force already.</summary>
    internal PipOverride? Override { get; init; }

    /// <summary>Why the tool would stop with an error of its arguments; null if it would not.</summary>
    internal string? InvalidArguments { get; init; }

    /// <summary>What else to say.</summary>
    internal IReadOnlyList<Notice> Warnings { get; init; } = [];
}
