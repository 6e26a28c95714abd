namespace Pep668.Cli;

/// <summary>Core's advice, which is written for pwsh, in the words of the companion.</summary>
internal static class CompanionAdvice
{
    private static readonly (string Cmdlet, string Command)[] Commands =
    [
        ("New-PythonVenv", "pep668 venv"), ("Invoke-PipInstall", "pep668 install"), ("Invoke-PipUninstall", "pep668 uninstall"),
        ("-WithoutPip", "--without-pip"), ("-ReuseExisting", "--reuse-existing"), ("-Force", "--force"), ("-Python", "--python"),
        ("-Environment", "--environment"),
        ("-BreakSystemPackages", "--break-system-packages --force"), ("-ArgumentList ", "--argument="),
    ];

    /// <summary>The same advice for a shell.</summary>
    internal static string Translate(string advice)
    {
        if (advice.StartsWith("Get-PythonEnvironment", StringComparison.Ordinal))
        {
            return "pep668 list";
        }
        string text = advice.StartsWith("& ", StringComparison.Ordinal) ? advice[2..] : advice;
        // A pipeline of objects becomes two commands, the second of which names what the first one made.
        int pipe = text.IndexOf(" | Invoke-PipInstall", StringComparison.Ordinal);
        if (pipe > 0 && text.Split('\'', 3) is [_, string folder, ..])
        {
            text =
                $"{text[..pipe]} && Invoke-PipInstall -Environment " +
                $"'{folder}'{text[(pipe + " | Invoke-PipInstall".Length)..].Replace(",", "", StringComparison.Ordinal)}";
        }
        foreach ((string cmdlet, string command) in Commands)
        {
            text = text.Replace(cmdlet, command, StringComparison.Ordinal);
        }
        return text;
    }
}
