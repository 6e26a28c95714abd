namespace Pep668.Pip.Linting;

/// <summary>The kind of text that a file has.</summary>
internal enum LintKind
{
    /// <summary>Not a kind that is read: documents, for example.</summary>
    None,

    /// <summary>A script for a POSIX shell, bash or zsh.</summary>
    Shell,

    /// <summary>A script for fish.</summary>
    Fish,

    /// <summary>A script for PowerShell.</summary>
    PowerShell,

    /// <summary>A batch file.</summary>
    Batch,

    /// <summary>A script for Python.</summary>
    Python,

    /// <summary>A Dockerfile or Containerfile.</summary>
    Dockerfile,

    /// <summary>A makefile.</summary>
    Makefile,

    /// <summary>A spec file of RPM.</summary>
    Spec,

    /// <summary>YAML: playbooks, workflows, cloud-init, Compose files.</summary>
    Yaml,

    /// <summary>JSON, with comments or without.</summary>
    Json,

    /// <summary>pip's configuration.</summary>
    PipConfig,

    /// <summary>Lines of keys and values: <c>tox.ini</c>, units of systemd.</summary>
    Ini,

    /// <summary>TOML: <c>uv.toml</c>, <c>pyproject.toml</c>.</summary>
    Toml,

    /// <summary>A language in which commands are strings: a Jenkinsfile, HCL.</summary>
    Groovy,

    /// <summary>The same with the strings of Ruby: a Vagrantfile.</summary>
    Ruby,
}

/// <summary>The kind of a file by its name, and by its first line if the name has no suffix.</summary>
internal static class LintKinds
{
    private static readonly Dictionary<string, LintKind> Suffixes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".sh"] = LintKind.Shell, [".bash"] = LintKind.Shell, [".zsh"] = LintKind.Shell, [".fish"] = LintKind.Fish,
        [".ksh"] = LintKind.Shell, [".ash"] = LintKind.Shell, [".dash"] = LintKind.Shell, [".envrc"] = LintKind.Shell,
        [".env"] = LintKind.Shell, [".bats"] = LintKind.Shell, [".command"] = LintKind.Shell, [".just"] = LintKind.Makefile,
        [".ps1"] = LintKind.PowerShell, [".psm1"] = LintKind.PowerShell, [".cmd"] = LintKind.Batch, [".bat"] = LintKind.Batch,
        [".py"] = LintKind.Python, [".dockerfile"] = LintKind.Dockerfile, [".containerfile"] = LintKind.Dockerfile,
        [".mk"] = LintKind.Makefile, [".mak"] = LintKind.Makefile, [".yml"] = LintKind.Yaml, [".yaml"] = LintKind.Yaml,
        [".json"] = LintKind.Json, [".jsonc"] = LintKind.Json, [".ini"] = LintKind.Ini, [".cfg"] = LintKind.Ini, [".conf"] = LintKind.Ini,
        [".service"] = LintKind.Ini, [".toml"] = LintKind.Toml, [".hcl"] = LintKind.Groovy, [".tf"] = LintKind.Groovy,
        [".groovy"] = LintKind.Groovy, [".jenkinsfile"] = LintKind.Groovy, [".ipynb"] = LintKind.Json, [".spec"] = LintKind.Spec,
        [".postinst"] = LintKind.Shell, [".preinst"] = LintKind.Shell, [".rules"] = LintKind.Makefile,
    };

    private static readonly Dictionary<string, LintKind> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Dockerfile"] = LintKind.Dockerfile, ["Containerfile"] = LintKind.Dockerfile, ["Makefile"] = LintKind.Makefile,
        ["GNUmakefile"] = LintKind.Makefile, ["justfile"] = LintKind.Makefile, [".justfile"] = LintKind.Makefile,
        ["Jenkinsfile"] = LintKind.Groovy, ["Vagrantfile"] = LintKind.Ruby, ["pip.conf"] = LintKind.PipConfig,
        ["pip.ini"] = LintKind.PipConfig, [".bashrc"] = LintKind.Shell, [".bash_profile"] = LintKind.Shell,
        [".bash_login"] = LintKind.Shell, [".profile"] = LintKind.Shell, [".zshrc"] = LintKind.Shell, [".zshenv"] = LintKind.Shell,
        [".zprofile"] = LintKind.Shell, [".envrc"] = LintKind.Shell, [".env"] = LintKind.Shell, ["environment"] = LintKind.Shell,
        ["PKGBUILD"] = LintKind.Shell, ["APKBUILD"] = LintKind.Shell, ["postinst"] = LintKind.Shell, ["preinst"] = LintKind.Shell,
        ["Procfile"] = LintKind.Yaml, ["user-data"] = LintKind.Yaml, ["Earthfile"] = LintKind.Dockerfile, ["rules"] = LintKind.Makefile,
    };

    private static readonly string[] TemplateSuffixes = [".j2", ".jinja", ".jinja2", ".tmpl", ".tpl", ".template", ".in", ".erb"];

    /// <summary>The kind by the name; <see cref="LintKind.None"/> if it is not known.</summary>
    internal static LintKind OfName(string name)
    {
        foreach (string suffix in TemplateSuffixes)
        {
            if (name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                name = name[..^suffix.Length];
                break;
            }
        }
        if (Names.TryGetValue(name, out LintKind kind))
        {
            return kind;
        }
        int dot = name.LastIndexOf('.');
        if (dot >= 0 && Suffixes.TryGetValue(name[dot..], out kind))
        {
            return kind;
        }
        // Dockerfile.dev, Jenkinsfile-release, .env.local.
        int end = name.AsSpan().IndexOfAny('.', '-', '_');
        return end > 0 && Names.TryGetValue(name[..end], out kind) && kind is LintKind.Dockerfile or LintKind.Makefile or LintKind.Groovy
                && !IsDocument(name) ? kind
            : name.StartsWith(".env.", StringComparison.OrdinalIgnoreCase) ? LintKind.Shell
            : LintKind.None;
    }

    /// <summary>Whether a file of that name can have a first line that names its interpreter.</summary>
    internal static bool MayHaveInterpreter(string name) => name.LastIndexOf('.') <= 0;

    /// <summary>Whether a file is read by people only.</summary>
    internal static bool IsDocument(string name) =>
        ((string[])[".md", ".rst", ".txt", ".adoc", ".html", ".log", ".org", ".pod", ".1"])
            .Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    /// <summary>The kind by the first bytes: <c>#!</c> with an interpreter, or <c>#cloud-config</c>.</summary>
    internal static LintKind OfStart(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("#cloud-config"u8))
        {
            return LintKind.Yaml;
        }
        if (!start.StartsWith("#!"u8))
        {
            return LintKind.None;
        }
        int end = start.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? start : start[..end];
        return line.IndexOf("python"u8) >= 0 || line.IndexOf("uv run"u8) >= 0 ? LintKind.Python
            : line.IndexOf("pwsh"u8) >= 0 ? LintKind.PowerShell
            : line.IndexOf("make"u8) >= 0 ? LintKind.Makefile
            : line.IndexOf("ansible-playbook"u8) >= 0 ? LintKind.Yaml
            : line.IndexOf("fish"u8) >= 0 ? LintKind.Fish
            : line.IndexOf("sh"u8) >= 0 ? LintKind.Shell
            : LintKind.None;
    }
}
