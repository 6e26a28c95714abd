namespace Pep668.Pip.Policy;

/// <summary>What pip (or uv) lets through, and we do not.</summary>
internal enum PolicyBypass
{
    /// <summary>None: the tool itself would refuse as well.</summary>
    None,

    /// <summary>A pip before 23.0, which does not know PEP 668.</summary>
    OldPip,

    /// <summary><c>--prefix</c>, or a setting of that name, that leads back into a managed environment, or is
    /// empty.</summary>
    Prefix,

    /// <summary><c>--root</c>, the same.</summary>
    Root,

    /// <summary><c>--target</c>, the same.</summary>
    Target,

    /// <summary>A folder of the environment itself that is a link into a managed environment.</summary>
    Link,

    /// <summary>A place among the options for <c>setup.py</c> (<c>--install-option</c>, before pip 23.1).</summary>
    SetupOption,

    /// <summary>A place in a file of distutils, which lifts no check of pip.</summary>
    Distutils,
}

/// <summary>How the program that runs is told to override the protection.</summary>
internal enum OverrideMeans
{
    /// <summary>Not at all: it does not check (pip before 23.0), or nothing is to be overridden for it.</summary>
    Nothing,

    /// <summary><c>--break-system-packages</c> (pip 23.0.1 and later, uv).</summary>
    Flag,

    /// <summary><c>PIP_BREAK_SYSTEM_PACKAGES=1</c>: the release is not known, and one without the flag passes a
    /// variable over.</summary>
    Variable,

    /// <summary>It cannot be told: pip 23.0 checks and has no override.</summary>
    Impossible,
}

/// <summary>What is decided about a request.</summary>
internal sealed record PipVerdict
{
    /// <summary>What would be changed; another one than the request's where pip is sent to another interpreter
    /// (<c>--python</c>, <c>PIP_PYTHON</c>).</summary>
    public required PythonEnvironment Environment { get; init; }

    /// <summary>Why it must not run; null when it may.</summary>
    public Failure? Refusal { get; init; }

    /// <summary>The refusal that the request's own override sets aside: what to show who is asked. Null when there is
    /// nothing to ask.</summary>
    public Failure? Overridden { get; init; }

    /// <summary>The override that was in force already, in the environment's variables or a file, and is why there is
    /// no refusal; else null.</summary>
    public PipOverride? Override { get; init; }

    /// <summary>What the tool would have let through; <see cref="PolicyBypass.None"/> where it refuses itself, and
    /// where nothing is refused or overridden.</summary>
    public PolicyBypass Bypass { get; init; }

    /// <summary>What the override needs, where one is asked for.</summary>
    public OverrideMeans Means { get; init; }

    /// <summary>What to say, whatever is decided.</summary>
    public IReadOnlyList<Notice> Warnings { get; init; } = [];
}
