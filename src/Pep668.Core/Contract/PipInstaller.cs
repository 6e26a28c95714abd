namespace Pep668;

/// <summary>Which program installs.</summary>
public enum PipInstaller
{
    /// <summary>The environment's own pip; without one, the pip wheel that its Python bundles; only then uv.</summary>
    Auto,

    /// <summary>pip, never uv.</summary>
    Pip,

    /// <summary>uv, never pip.</summary>
    Uv,
}
