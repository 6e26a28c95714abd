namespace Pep668.Pip.Linting;

/// <summary>The check of each kind of text.</summary>
internal static class LintChecks
{
    /// <summary>What is found in a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="text">Its text.</param>
    /// <param name="kind">Its kind.</param>
    internal static IReadOnlyList<PipOverrideUse> Find(string path, string text, LintKind kind)
    {
        var file = new LintFile(path, text, kind);
        Run(file, kind, file.Whole);
        return file.Uses;
    }

    /// <summary>Checks a text that a script writes into another file.</summary>
    /// <param name="file">The file with the script.</param>
    /// <param name="name">The name of the other file.</param>
    /// <param name="text">The text.</param>
    internal static void RunPart(LintFile file, string name, LintText text)
    {
        if (LintKinds.IsDocument(name))
        {
            return;
        }
        LintKind kind = LintKinds.OfName(name);
        if (kind is LintKind.None)
        {
            CommandCheck.Shell(file, text, LintTrust.Maybe);
        }
        else
        {
            // A part of pip's file need not have a section.
            Run(file, kind is LintKind.PipConfig or LintKind.Toml ? LintKind.Ini : kind, text);
        }
    }

    /// <summary>Checks a text of a kind.</summary>
    internal static void Run(LintFile file, LintKind kind, LintText text) => file.Nest(() =>
    {
        switch (kind)
        {
            case LintKind.Shell:
                CommandCheck.Shell(file, text, LintTrust.Script);
                break;
            case LintKind.Fish:
                CommandCheck.Run(file, ShellReader.Read(text, isFish: true), LintTrust.Script);
                break;
            case LintKind.PowerShell:
                CommandCheck.Run(file, PowerShellReader.Read(text), LintTrust.Script);
                break;
            case LintKind.Batch:
                CommandCheck.Run(file, BatchReader.Read(text), LintTrust.Script);
                break;
            case LintKind.Python:
                PythonCheck.Run(file, text);
                break;
            case LintKind.Dockerfile:
                DockerfileCheck.Run(file, text);
                break;
            case LintKind.Makefile:
                MakefileCheck.Run(file, text);
                break;
            case LintKind.Spec:
                SpecCheck.Run(file, text);
                break;
            case LintKind.Yaml:
                TreeCheck.Run(file, YamlReader.Read(text));
                break;
            case LintKind.Json:
                TreeCheck.Run(file, YamlReader.ReadJson(text));
                break;
            case LintKind.PipConfig:
                SettingsCheck.RunPipConfig(file, text);
                break;
            case LintKind.Ini:
                SettingsCheck.RunIni(file, text);
                break;
            case LintKind.Toml:
                SettingsCheck.RunToml(file, text);
                break;
            case LintKind.Groovy or LintKind.Ruby:
                StringsCheck.Run(file, text, kind);
                break;
        }
    });
}
