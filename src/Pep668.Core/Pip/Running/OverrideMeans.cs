namespace Pep668.Pip;

/// <summary>How a pip is told to leave the protection aside, once that was decided.</summary>
public enum OverrideMeans
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By <c>--break-system-packages</c>.</summary>
    Flag,

    /// <summary>By <c>PIP_BREAK_SYSTEM_PACKAGES</c> (uv: <c>UV_BREAK_SYSTEM_PACKAGES</c>).</summary>
    Variable,
}
