namespace Pep668;

/// <summary>Why a change is refused.</summary>
public enum RefusalCause
{
    /// <summary>The environment is externally managed, and pip or uv refuses it too.</summary>
    ExternallyManaged,

    /// <summary>The environment is externally managed; its pip is older than 23.0 and does not check that.</summary>
    OldPip,

    /// <summary><c>--prefix</c>, or a setting of that name, leads into an externally managed environment.</summary>
    Prefix,

    /// <summary><c>--root</c>, or a setting of that name, leads into an externally managed environment.</summary>
    Root,

    /// <summary><c>--target</c>, or a setting of that name, leads into an externally managed environment.</summary>
    Target,

    /// <summary>An option for <c>setup.py</c> (<c>--install-option</c>, before pip 23.1) leads into an externally
    /// managed environment.</summary>
    SetupOption,

    /// <summary>A setting of distutils (<c>setup.cfg</c>, <c>.pydistutils.cfg</c>, <c>distutils.cfg</c>) leads into an
    /// externally managed environment.</summary>
    DistutilsSetting,

    /// <summary>pip is configured to change virtual environments only (<c>require-virtualenv</c>).</summary>
    VenvRequired,

    /// <summary>The override was requested, and pip 23.0 has no override.</summary>
    NoOverride,
}
