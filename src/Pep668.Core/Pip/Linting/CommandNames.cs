namespace Pep668.Pip.Linting;

/// <summary>The programs that matter, by their names in lower case.</summary>
internal static class CommandNames
{
    /// <summary>Run the command that follows in their own arguments.</summary>
    internal static HashSet<string> Wrappers { get; } = Set(
        "sudo doas env command exec nohup time nice ionice timeout xargs builtin stdbuf setsid chroot arch-chroot proot fakeroot "
        + "chronic retry eatmydata unshare systemd-run nsenter faketime ssh docker podman kubectl nerdctl lxc machinectl distrobox toolbox "
        + "wsl call start start-process & . invoke-expression iex if for parallel run busybox");

    /// <summary>Print, search or compare their arguments.</summary>
    internal static HashSet<string> Talkers { get; } = Set(
        "echo printf print grep egrep fgrep rg ag ack sed awk gawk perl jq yq test [ [[ case man whatis apropos complete compgen "
        + "_arguments tr cut head tail less more cat git gh hub log info warn warning error die fail abort fatal debug notice msg message "
        + "say usage help throw exit return raise expr findstr select-string sls write-host write-output write-warning write-error "
        + "write-verbose write-debug write-information out-string rem title notify-send logger dialog whiptail figlet contains string "
        + "puts notify announce comment : # false true");

    /// <summary>Read a script from <c>-c</c> or from their input.</summary>
    internal static HashSet<string> Shells { get; } = Set("sh bash zsh dash ash ksh fish su runuser rbash");

    /// <summary>Delete files.</summary>
    internal static HashSet<string> Deleters { get; } = Set("rm unlink del erase ri remove-item shred srm trash trash-put rmdir rd");

    /// <summary>Give a file another name or place.</summary>
    internal static HashSet<string> Movers { get; } = Set("mv move move-item mi ren rename rename-item rni");

    /// <summary>Whether a command prints, searches or compares; functions for messages have such names too.</summary>
    internal static bool IsTalker(string program) => Talkers.Contains(program)
        || program.Split('_', '-', ':') is { Length: > 1 } parts
            && (parts[0] is "log" or "msg" or "echo" or "print" or "die" or "warn" or "error" || parts[^1] is "log" or "msg" or "echo");

    /// <summary>Whether a word starts pip: its name with a version, or a variable with its name.</summary>
    internal static bool IsPip(LintWord word)
    {
        string name = word.Program;
        if (name.StartsWith("pip", StringComparison.Ordinal) && name.AsSpan(3).TrimStart("-0123456789.").IsEmpty)
        {
            return true;
        }
        string text = word.Text;
        string variable = text.StartsWith("${{", StringComparison.Ordinal) ? "" : text.TrimStart('$').Trim('{', '}', '(', ')');
        return text.StartsWith('$') && variable.Length > 0 && !text.Contains('/', StringComparison.Ordinal)
            && variable.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_')
            && variable.Split('_').Any(part => part.TrimEnd('3', '2').Equals("pip", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a word is a cmdlet that can override a marker.</summary>
    internal static bool IsCmdlet(LintWord word) => word.Program is "invoke-pipinstall" or "invoke-pipuninstall";

    /// <summary>Whether a word is the parameter for it, also abbreviated, <c>-Break</c>, and not switched
    /// off.</summary>
    internal static bool IsOverride(LintWord word)
    {
        string[] parts = word.Text.Split(':');
        return parts[0].Length > 2 && "-BreakSystemPackages".StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)
            && (parts.Length == 1 || LintNames.IsTrue(parts[1].TrimStart('$')));
    }

    /// <summary>Whether a word starts Python.</summary>
    internal static bool IsPython(string program) => program is "py"
        || (program.StartsWith("python", StringComparison.Ordinal) && program.AsSpan(6).TrimStart("0123456789.w").IsEmpty);

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
