namespace Pep668;

/// <summary>What sort of environment it is.</summary>
public enum EnvironmentKind
{
    /// <summary>An interpreter with its own standard library: a base environment.</summary>
    Global,

    /// <summary>A virtual environment (PEP 405), or one that an old <c>virtualenv</c> made.</summary>
    Virtual,

    /// <summary>A conda environment: it carries <c>conda-meta</c>.</summary>
    Conda,
}
