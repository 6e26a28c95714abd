namespace Pep668;

/// <summary>Which program installs applications.</summary>
public enum PythonApplicationInstaller
{
    /// <summary>The one that has the application already; else pipx; without it, uv.</summary>
    Auto,

    /// <summary>pipx.</summary>
    Pipx,

    /// <summary>uv, with <c>uv tool</c>.</summary>
    Uv,
}
