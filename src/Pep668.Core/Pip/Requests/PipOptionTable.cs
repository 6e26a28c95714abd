namespace Pep668.Pip.Requests;

/// <summary>
/// The options of pip's <c>install</c> and <c>uninstall</c>, 18.0 to 26.2 (<c>pip/_internal/commands/install.py</c>, <c>uninstall.py</c>, <c>cli/cmdoptions.py</c>): which there
/// are decides what an abbreviation means, and which take a value decides where the next option begins.
/// </summary>
internal static class PipOptionTable
{
    /// <summary>All of them.</summary>
    internal static IReadOnlyList<PipOption> All { get; } =
    [
        // Both commands.
        Value("requirement", 'r'), Flag("help", 'h'), Flag("isolated"), Flag("require-virtualenv", others: "require-venv"), Flag("verbose", 'v'), Flag("version", 'V'),
        Flag("quiet", 'q'), Value("log", others: "log-file local-log"), Flag("no-input"), Value("proxy"), Value("retries"), Value("timeout", others: "default-timeout"),
        Value("skip-requirements-regex") with { Until = 2001 }, Value("exists-action"), Value("trusted-host"), Value("cert"), Value("client-cert"), Value("cache-dir"),
        Flag("no-cache-dir"), Flag("disable-pip-version-check"), Flag("no-color"), Flag("debug") with { Since = 2103 },
        Flag("no-python-version-warning") with { Since = 2000 }, Value("use-feature") with { Since = 2002 }, Value("use-deprecated") with { Since = 2002 },
        Flag("unstable-feature") with { Since = 2001, Until = 2002 }, Value("root-user-action") with { Since = 2201 },
        Flag("break-system-packages") with { Since = 2300, SincePatch = 1 }, Value("python") with { Since = 2203 }, Value("keyring-provider") with { Since = 2301 },
        Flag("no-proxy-env") with { Since = 2600 }, Value("resume-retries") with { Since = 2501 },

        // install alone.
        Of(Value("constraint", 'c')), Of(Flag("no-deps", others: "no-dependencies")), Of(Flag("pre")), Of(Value("editable", 'e')), Of(Value("target", 't')),
        Of(Value("platform")), Of(Value("python-version")), Of(Value("implementation")), Of(Value("abi")), Of(Flag("user")), Of(Flag("no-user")), Of(Value("root")),
        Of(Value("prefix")), Of(Value("build", 'b', "build-dir build-directory")) with { Until = 2103 }, Of(Value("src", others: "source source-dir source-directory")),
        Of(Flag("upgrade", 'U')), Of(Value("upgrade-strategy")), Of(Flag("force-reinstall")), Of(Flag("ignore-installed", 'I')), Of(Flag("ignore-requires-python")),
        Of(Flag("no-build-isolation")), Of(Flag("use-pep517")) with { Since = 1900 }, Of(Flag("no-use-pep517")) with { Since = 1900, Until = 2503 },
        Of(Flag("check-build-dependencies")) with { Since = 2202 }, Of(Value("config-settings", 'C')) with { Since = 2201 },
        Of(Value("install-option")) with { Until = 2301 }, Of(Value("global-option")) with { Until = 2503 }, Of(Flag("compile")), Of(Flag("no-compile")),
        Of(Flag("no-warn-script-location")), Of(Flag("no-warn-conflicts")), Of(Value("no-binary")), Of(Value("only-binary")), Of(Flag("prefer-binary")),
        Of(Flag("no-clean")), Of(Flag("require-hashes")), Of(Value("progress-bar")), Of(Value("index-url", 'i', "pypi-url")), Of(Value("extra-index-url")),
        Of(Flag("no-index")), Of(Value("find-links", 'f')), Of(Flag("process-dependency-links")) with { Until = 1900 }, Of(Flag("dry-run")) with { Since = 2202 },
        Of(Value("report")) with { Since = 2202 }, Of(Value("group")) with { Since = 2501 }, Of(Value("build-constraint")) with { Since = 2503 },
        Of(Value("uploaded-prior-to")) with { Since = 2600 }, Of(Value("all-releases")) with { Since = 2600 }, Of(Value("only-final")) with { Since = 2600 },
        Of(Value("requirements-from-script")) with { Since = 2600 }, Of(Value("refresh-package")) with { Since = 2600 },
        Of(Flag("only-deps", others: "only-dependencies")) with { Since = 2600 }, Of(Flag("no-require-hashes")) with { Since = 2600 },
    ];

    private static PipOption Flag(string name, char letter = '\0', string? others = null) => new(name, others?.Split(' ') ?? [], letter, false, false);

    private static PipOption Value(string name, char letter = '\0', string? others = null) => new(name, others?.Split(' ') ?? [], letter, true, false);

    private static PipOption Of(PipOption option) => option with { InstallOnly = true };
}
