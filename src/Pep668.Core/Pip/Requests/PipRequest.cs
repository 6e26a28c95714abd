namespace Pep668.Pip.Requests;

/// <summary>What pip is asked to do.</summary>
internal enum PipAction
{
    /// <summary><c>pip install</c>.</summary>
    Install,

    /// <summary><c>pip uninstall</c>.</summary>
    Uninstall,
}

/// <summary>Whether code of packages may run: that of source distributions and projects while they are
/// built.</summary>
internal enum PipBuilds
{
    /// <summary>As pip or uv decides.</summary>
    Allowed,

    /// <summary>No: wheels alone are used (<c>--only-binary :all:</c>, uv's <c>--no-build</c>).</summary>
    OnlyWheels,

    /// <summary>No: a source distribution may be chosen, and the run ends where pip would build it. For uv as
    /// <see cref="OnlyWheels"/>.</summary>
    Refused,
}

/// <summary>One run of pip, or of uv in its place, before anything is decided about it.</summary>
/// <param name="Action">What it is to do.</param>
/// <param name="Environment">Where.</param>
internal sealed record PipRequest(PipAction Action, PythonEnvironment Environment)
{
    /// <summary>What to install or remove.</summary>
    public IReadOnlyList<PipTarget> Packages { get; init; } = [];

    /// <summary>Requirement files (<c>-r</c>), absolute.</summary>
    public IReadOnlyList<string> Requirements { get; init; } = [];

    /// <summary>Further lines, as those of a requirements file.</summary>
    public IReadOnlyList<RequirementLine> Lines { get; init; } = [];

    /// <summary>Constraint files (<c>-c</c>), absolute.</summary>
    public IReadOnlyList<string> Constraints { get; init; } = [];

    /// <summary>Projects to install in place (<c>-e</c>).</summary>
    public IReadOnlyList<PipTarget> Editables { get; init; } = [];

    /// <summary>Whether newer versions of what is there are wanted (<c>-U</c>).</summary>
    public bool Upgrade { get; init; }

    /// <summary>The index instead of the configured one; its credentials appear in no argument and no
    /// message.</summary>
    public string? IndexUrl { get; init; }

    /// <summary>Further indexes.</summary>
    public IReadOnlyList<string> ExtraIndexUrls { get; init; } = [];

    /// <summary>Whether no index is asked at all.</summary>
    public bool NoIndex { get; init; }

    /// <summary>Folders, files or pages with distributions.</summary>
    public IReadOnlyList<string> FindLinks { get; init; } = [];

    /// <summary>Whether only to say what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether code of packages may run.</summary>
    public PipBuilds Builds { get; init; }

    /// <summary>Which program is to do it.</summary>
    public PipInstaller Installer { get; init; }

    /// <summary>Whether the user overrides the protection of the environment.</summary>
    public bool BreakSystemPackages { get; init; }

    /// <summary>Whether an override that is set on the machine, in a variable or a file, allows nothing.</summary>
    public bool IgnoreOverrides { get; init; }

    /// <summary>Everything else, as pip's (or uv's) own arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
