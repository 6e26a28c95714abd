namespace Pep668;

/// <summary>The kind of place that a setting is in.</summary>
public enum PipOverrideSource
{
    /// <summary>An environment variable, pip's or uv's.</summary>
    EnvironmentVariable,

    /// <summary>pip's file for the whole machine, such as <c>/etc/pip.conf</c>.</summary>
    GlobalFile,

    /// <summary>pip's file of a user, such as <c>~/.config/pip/pip.conf</c>.</summary>
    UserFile,

    /// <summary>pip's file of one environment: <c>pip.conf</c> in <c>sys.prefix</c>.</summary>
    SiteFile,

    /// <summary>The file that <c>PIP_CONFIG_FILE</c> names.</summary>
    ConfigFile,

    /// <summary>uv's file: <c>uv.toml</c>, or <c>[tool.uv.pip]</c> of a <c>pyproject.toml</c>.</summary>
    UvFile,
}

/// <summary>One place that sets <c>break-system-packages</c>, to whatever value.</summary>
public sealed record PipOverride
{
    internal PipOverride(string tool, PipOverrideSource source, string? path, string setting, string value)
    {
        Tool = tool;
        Source = source;
        Path = path;
        Setting = setting;
        Value = value;
    }

    /// <summary>The program that reads it: <c>pip</c> or <c>uv</c>. Neither uses the settings of the other.</summary>
    public string Tool { get; internal init; }

    /// <summary>The kind of place.</summary>
    public PipOverrideSource Source { get; internal init; }

    /// <summary>The file; null for an environment variable.</summary>
    public string? Path { get; internal init; }

    /// <summary>
    /// The variable, or what <c>pip config unset</c> takes (<c>install.break-system-packages</c>), or the key of the
    /// TOML file (<c>pip.break-system-packages</c>).
    /// </summary>
    public string Setting { get; internal init; }

    /// <summary>The value, unchanged.</summary>
    public string Value { get; internal init; }

    /// <summary>
    /// Whether it decides, and overrides PEP 668 for pip's install or uninstall. It does not depend on whether the
    /// environment is externally managed.
    /// </summary>
    public bool IsEffective { get; internal init; }

    /// <summary>Its rank among the places of its tool: 1 is the strongest.</summary>
    public int Precedence { get; internal init; }

    /// <summary>How it is removed; empty where no command does that: below a root, or in a file that has it in another
    /// form than one line.</summary>
    public IReadOnlyList<Remedy> Remedies { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>The setting, its value and its place, for messages.</summary>
    internal string Describe() => Path is null ? $"The environment variable {Setting}={Value}" : $"'{Setting} = {Value}' in '{Path}'";

    /// <summary>Returns the place, the setting and its value.</summary>
    public override string ToString() => $"{Path ?? "environment"}: {Setting}={Value}";
}
