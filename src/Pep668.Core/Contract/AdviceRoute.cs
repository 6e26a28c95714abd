namespace Pep668;

/// <summary>The route that an alternative to a refused install takes.</summary>
public enum AdviceRoute
{
    /// <summary>A virtual environment.</summary>
    Venv,

    /// <summary>The tool that manages the project in the current folder.</summary>
    ProjectTool,

    /// <summary>An application in its own environment, through pipx.</summary>
    Pipx,

    /// <summary>An application in its own environment, through <c>uv tool</c>.</summary>
    UvTool,

    /// <summary>The distribution's own package.</summary>
    DistroPackage,

    /// <summary>The same command with the override of PEP 668.</summary>
    Override,
}
