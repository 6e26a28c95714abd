namespace Pep668.Pip.Linting;

/// <summary>A rule: what is found, and why it is a finding. <c>docs/lint-rules.md</c> describes each.</summary>
/// <param name="Id">Its stable identifier.</param>
/// <param name="Summary">What is found, as a sentence that starts with a verb.</param>
/// <param name="Reason">What it does, and what that can break.</param>
internal sealed record LintRule(string Id, string Summary, string Reason)
{
    private const string Breaks = "can replace or remove files that the distro's own programs need";

    /// <summary>An option of a command.</summary>
    internal static LintRule Option { get; } = new("override-option",
        "Passes --break-system-packages to pip or uv.",
        "The option lets pip or uv change a Python that another package manager manages (PEP 668), and " + Breaks + ".");

    /// <summary>An environment variable.</summary>
    internal static LintRule Variable { get; } = new("override-variable",
        "Sets PIP_BREAK_SYSTEM_PACKAGES or UV_BREAK_SYSTEM_PACKAGES.",
        "The variable overrides PEP 668 for every pip or uv that inherits it, and " + Breaks + ".");

    /// <summary>A setting of pip, uv or Ansible.</summary>
    internal static LintRule Setting { get; } = new("override-setting",
        "Sets break-system-packages for pip, for uv or for an Ansible task.",
        "The setting overrides PEP 668 for every command that reads it, and " + Breaks + ".");

    /// <summary>A marker is deleted.</summary>
    internal static LintRule Removed { get; } = new("marker-removed",
        "Deletes or replaces an EXTERNALLY-MANAGED file.",
        "Without the marker, pip and uv change the Python for every user of the machine without an error (PEP 668), and an upgrade of "
        + "the distro package restores the file.");

    /// <summary>A marker is moved.</summary>
    internal static LintRule Renamed { get; } = new("marker-renamed",
        "Moves, renames or diverts an EXTERNALLY-MANAGED file.",
        "pip and uv find the marker by its name: after this they change the Python for every user of the machine without an error "
        + "(PEP 668).");

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<LintRule> All { get; } = [Option, Variable, Setting, Removed, Renamed];
}
