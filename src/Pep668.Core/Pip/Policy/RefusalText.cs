using System.Text;
using Pep668.Distros;
using Pep668.Machines;
using Pep668.Pip.Requests;

namespace Pep668.Pip.Policy;

/// <summary>
/// What a refusal says: the distributor's message exactly, then pip's note and hint
/// (<c>ExternallyManagedEnvironment</c> in <c>pip/_internal/exceptions.py</c>) in other words, and what only this
/// machine can tell.
/// </summary>
internal static class RefusalText
{
    /// <summary>The reason: the tool would change a managed environment.</summary>
    internal static string Covered(ToolRules rules)
    {
        PythonEnvironment environment = rules.Environment;
        string verb = rules.Request.Action == PipAction.Install ? "install into" : "uninstall from";
        string old = rules.Enforces
            ? ""
            : $" {char.ToUpperInvariant(rules.Tool[0])}{rules.Tool[1..]} is too old to know of this and would have gone ahead.";
        return $"Stopped: {rules.Tool} would {verb} {environment.Prefix} (Python {environment.Version}, {environment.Executable}), which "
            + "another package manager looks after." + old;
    }

    /// <summary>The reason: an option or a setting leads back into a managed environment.</summary>
    internal static string LeadsBack(string tool, WrittenFolder written, string prefix) =>
        $"Stopped: {written.Destination} leads back into {prefix}, which another package manager looks after: {tool} "
            + $"would write to {Path.GetFullPath(written.Path)}, and does not check such options.";

    /// <summary>The message of a refusal.</summary>
    /// <param name="machine">Where it happens.</param>
    /// <param name="marker">What the distributor says.</param>
    /// <param name="prefix">The prefix of the environment that it manages.</param>
    /// <param name="reason">What was to be done, and why it is covered.</param>
    /// <param name="user">What asks for the user's own folder; null when nothing does.</param>
    internal static string Write(Machine machine, ExternallyManagedMarker marker, string prefix, string reason, string? user)
    {
        var text = new StringBuilder(marker.Message);
        text.Append(marker.Message.EndsWith('\n') ? "\n" : "\n\n").Append(reason);
        text.Append("\n\nMarker: ").Append(marker.Path);
        if (marker.Problem is not null)
        {
            text.Append(" (").Append(marker.Problem.TrimEnd('.')).Append("; so the text above is pip's default)");
        }
        if (user is not null)
        {
            text.Append("\n\n").Append(user)
                .Append(
                    " does not help: what is in the user's own folder comes before the system's packages in every program that this user " +
                    "starts with this Python, so PEP 668 covers it too.");
        }
        text.Append("\n\nNote: if this is a mistake, tell whoever provides this Python")
            .Append(Provider(machine, prefix) is string provider ? $" ({provider})" : "")
            .Append(
                ": the marker is theirs. An override (-BreakSystemPackages; --break-system-packages) risks breaking the Python " +
                "installation or the operating system: what is installed over or in front of the system's own packages is what its " +
                "programs then use, and neither side's updates know of the other.");
        text.Append("\nHint: see PEP 668 for the whole specification.");
        foreach (string surrounding in HostContext.Describe(machine))
        {
            text.Append("\n\nThis looks like ").Append(surrounding).Append(". That is told for information only and changes nothing here.");
        }
        return text.ToString();
    }

    // It is known of the system's own Python only.
    private static string? Provider(Machine machine, string prefix) => prefix is "/usr" ? OsRelease.Read(machine.Files).PrettyName : null;
}
