namespace Pep668;

/// <summary>The way to packages that a recommendation takes.</summary>
public enum AdviceRoute
{
    /// <summary>A virtual environment.</summary>
    Venv,

    /// <summary>The tool that manages the project in the current folder.</summary>
    ProjectTool,

    /// <summary>A script that names its own packages (PEP 723), and the program that runs it.</summary>
    ScriptRunner,

    /// <summary>An application in its own environment, through pipx.</summary>
    Pipx,

    /// <summary>An application in its own environment, through <c>uv tool</c>.</summary>
    UvTool,

    /// <summary>The distribution's own package.</summary>
    DistroPackage,

    /// <summary>A package of conda, or of pixi.</summary>
    CondaPackage,

    /// <summary>A container for tools, on a system that cannot be changed while it runs.</summary>
    Toolbox,

    /// <summary>The distribution's own package, in the system that is started next.</summary>
    Layered,

    /// <summary>The same command with the override of PEP 668.</summary>
    Override,
}
