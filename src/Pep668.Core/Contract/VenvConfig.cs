namespace Pep668;

/// <summary>The values of a <c>pyvenv.cfg</c> (PEP 405; <c>Modules/getpath.py</c> and <c>Lib/site.py</c> of
/// CPython).</summary>
internal sealed record VenvConfig
{
    /// <summary>The folder of the interpreter that created the environment; getpath uses the first such line.</summary>
    internal string? Home { get; init; }

    /// <summary>
    /// What site makes of <c>include-system-site-packages</c>: true also when the key is absent; the last such line
    /// counts.
    /// </summary>
    internal bool IncludeSystemSitePackages { get; init; } = true;

    /// <summary>The version it was created with: <c>version</c> (venv) or <c>version_info</c> (virtualenv, uv), else
    /// <c>python-version</c>, two numbers (PEP 838, a draft).</summary>
    internal string? Version { get; init; }

    /// <summary>The name to show, without the quotes that venv writes.</summary>
    internal string? Prompt { get; init; }

    /// <summary>The command that created it, as venv of 3.11 and later writes it.</summary>
    internal string? Command { get; init; }

    /// <summary>The environment that it extends: uv puts that one's packages on its search path
    /// (<c>uv run --with</c>).</summary>
    internal string? Extends { get; init; }

    /// <summary>The tool that created it, by the keys that the tool writes.</summary>
    internal PythonManager Creator { get; init; } = PythonManager.Venv;

    /// <summary>The other operating system that it was created on, by its home; null for this one.</summary>
    internal string? MadeOn { get; init; }

    /// <summary>Why Python itself would stop at the file; null when it would not.</summary>
    internal string? Problem { get; init; }
}
