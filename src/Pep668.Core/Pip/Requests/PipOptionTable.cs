using Pep668.Pip.Settings;

namespace Pep668.Pip.Requests;

/// <summary>
/// The options of pip's <c>install</c> and <c>uninstall</c>, 18.0 to 26.2 (<c>pip/_internal/commands/install.py</c>,
/// <c>uninstall.py</c>, <c>cli/cmdoptions.py</c>): which there are decides what an abbreviation means, and which take a
/// value decides where the next option begins.
/// </summary>
internal static class PipOptionTable
{
    /// <summary>All of them.</summary>
    internal static IReadOnlyList<PipOption> All { get; } =
    [
        // Both commands.
        Value("requirement", 'r'), Flag("help", 'h'), Flag("isolated"), Flag("require-virtualenv", others: "require-venv"),
        Flag("verbose", 'v'), Flag("version", 'V'),
        Flag("quiet", 'q'), Value("log", others: "log-file local-log"), Flag("no-input"), Value("proxy"), Value("retries"),
        Value("timeout", others: "default-timeout"),
        Value("skip-requirements-regex") with { Until = 2001 }, Value("exists-action"), Value("trusted-host"), Value("cert"),
        Value("client-cert"), Value("cache-dir"),
        Flag("no-cache-dir"), Flag("disable-pip-version-check"), Flag("no-color"), Flag("debug") with { Since = 2103 },
        Flag("no-python-version-warning") with { Since = 2000 }, Value("use-feature") with { Since = 2002 },
        Value("use-deprecated") with { Since = 2002 },
        Flag("unstable-feature") with { Since = 2001, Until = 2003 }, Value("root-user-action") with { Since = 2201 },
        Flag("break-system-packages") with { Since = 2300, SincePatch = 1 }, Value("python") with { Since = 2203 },
        Value("keyring-provider") with { Since = 2301 },
        Flag("no-proxy-env") with { Since = 2602 }, Value("resume-retries") with { Since = 2501 },

        // uninstall alone.
        Flag("yes", 'y') with { UninstallOnly = true },

        // install alone.
        ForInstallOnly(Value("constraint", 'c')), ForInstallOnly(Flag("no-deps", others: "no-dependencies")), ForInstallOnly(Flag("pre")),
        ForInstallOnly(Value("editable", 'e')), ForInstallOnly(Value("target", 't')),
        ForInstallOnly(Value("platform")) with { Since = 1801 }, ForInstallOnly(Value("python-version")) with { Since = 1801 },
        ForInstallOnly(Value("implementation")) with { Since = 1801 }, ForInstallOnly(Value("abi")) with { Since = 1801 },
        ForInstallOnly(Flag("user")),
        // Its patch set_user_default.patch, until 20.3.
        ForInstallOnly(Flag("system")) with
        {
            Until = 2100,
            IsOfDebian = true,
        }, ForInstallOnly(Flag("no-user")), ForInstallOnly(Value("root")),
        ForInstallOnly(Value("prefix")), ForInstallOnly(Value("build", 'b', "build-dir build-directory")) with { Until = 2103 },
        ForInstallOnly(Value("src", others: "source source-dir source-directory")),
        ForInstallOnly(Flag("upgrade", 'U')), ForInstallOnly(Value("upgrade-strategy")), ForInstallOnly(Flag("force-reinstall")),
        ForInstallOnly(Flag("ignore-installed", 'I')), ForInstallOnly(Flag("ignore-requires-python")),
        ForInstallOnly(Flag("no-build-isolation")), ForInstallOnly(Flag("use-pep517")) with { Since = 1900 },
        ForInstallOnly(Flag("no-use-pep517")) with { Since = 1900, Until = 2503 },
        ForInstallOnly(Flag("check-build-dependencies")) with { Since = 2201, SincePatch = 1 },
        ForInstallOnly(Value("config-settings")) with { Since = 2201, Until = 2301 },
        ForInstallOnly(Value("config-settings", 'C')) with { Since = 2301 },
        ForInstallOnly(Value("install-option")) with { Until = 2301 }, ForInstallOnly(Value("global-option")) with { Until = 2503 },
        ForInstallOnly(Flag("compile")), ForInstallOnly(Flag("no-compile")),
        ForInstallOnly(Flag("no-warn-script-location")), ForInstallOnly(Flag("no-warn-conflicts")), ForInstallOnly(Value("no-binary")),
        ForInstallOnly(Value("only-binary")), ForInstallOnly(Flag("prefer-binary")),
        ForInstallOnly(Flag("no-clean")), ForInstallOnly(Flag("require-hashes")), ForInstallOnly(Value("progress-bar")),
        ForInstallOnly(Value("index-url", 'i', "pypi-url")), ForInstallOnly(Value("extra-index-url")),
        ForInstallOnly(Flag("no-index")), ForInstallOnly(Value("find-links", 'f')),
        ForInstallOnly(Flag("process-dependency-links")) with { Until = 1900 }, ForInstallOnly(Flag("dry-run")) with { Since = 2202 },
        ForInstallOnly(Value("report")) with { Since = 2202 }, ForInstallOnly(Value("group")) with { Since = 2501 },
        ForInstallOnly(Value("build-constraint")) with { Since = 2503 },
        ForInstallOnly(Value("uploaded-prior-to")) with { Since = 2600 }, ForInstallOnly(Value("all-releases")) with { Since = 2600 },
        ForInstallOnly(Value("only-final")) with { Since = 2600 },
        ForInstallOnly(Value("requirements-from-script")) with { Since = 2600 },
        ForInstallOnly(Value("refresh-package")) with { Since = 2602 },
        ForInstallOnly(Flag("only-deps", others: "only-dependencies")) with { Since = 2602 },
        ForInstallOnly(Flag("no-require-hashes")) with { Since = 2602 },
    ];

    /// <summary>Whether a release has no other options than these.</summary>
    internal static bool Knows(PipRelease pip) => !pip.IsAtLeast(26, 3);

    private static PipOption Flag(string name, char letter = '\0', string? others = null) =>
        new(name, others?.Split(' ') ?? [], letter, false, false);

    private static PipOption Value(string name, char letter = '\0', string? others = null) =>
        new(name, others?.Split(' ') ?? [], letter, true, false);

    private static PipOption ForInstallOnly(PipOption option) => option with { InstallOnly = true };
}
