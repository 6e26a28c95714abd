namespace Pep668.Tests;

/// <summary>Random combinations of commands, flags, variables and files.</summary>
internal sealed class PolicyCases(string folder, int seed, PythonEnvironment environment, PythonEnvironment managed)
{
    private readonly Random _random = new(seed);

    private readonly string[] _flags =
    [
        "--user", "--user", "--no-user", "--dry-run", "--dry-run", "--dry-run --report={case}/report.json",
        "--dry-run --report {case}/report.json", "--dry --rep={case}/report.json",
        "--dry-run --report=", "--report={case}/report.json", "--target {free}", "--target={site}", "-t {site}", "-t{site}", "-t {link}",
        "-Ut {free}", "-Ut{stdlib}", "--tar={site}", "--ta {free}",
        "--target=", "--target {prefix}", "--target {site}/sub/folder", "--prefix {prefix}", "--prefix={free}", "--prefi={prefix}",
        "--pref={prefix}", "--prefix=", "--prefix {case}/prefix-link",
        "--root {free}", "--root /", "--root=", "--roo /", "--root {case}/root-link", "--break-system-packages", "--break-system-packages",
        "--break", "--no-break",
        "--isolated", "--isol", "--require-virtualenv", "--require-v", "-U", "-I", "--pre", "-q", "-qq", "--upgrade-strategy eager",
        "--upgrade-strategy --user", "--no-such", "--no-deps --no-compile",
        "-c {case}/empty.txt", "-v", "--disable-pip-version-check", "-i --user", "-Uq", "--global-option=--target={site}",
        "--target={free} --target={site}", "--target={site} --target={free}",
    ];

    private readonly string[] _uninstallFlags =
    [
        "-y", "--yes", "--ye", "-yq", "--break-system-packages", "--break", "--isolated", "--require-virtualenv", "--user",
        "--target {site}", "-r {case}/empty.txt", "--no-input", "--dry-run",
    ];

    private readonly string[] _variables =
    [
        "PIP_USER=1", "PIP_USER=0", "PIP_TARGET={site}", "PIP_TARGET={free}", "PIP_TARGET=", "PIP_PREFIX={prefix}", "PIP_PREFIX={free}",
        "PIP_ROOT=/", "PIP_ROOT={free}",
        "PIP_BREAK_SYSTEM_PACKAGES=1", "PIP_BREAK_SYSTEM_PACKAGES=true", "PIP_BREAK_SYSTEM_PACKAGES=0", "PIP_BREAK_SYSTEM_PACKAGES=",
        "PIP_BREAK_SYSTEM_PACKAGES=maybe", "PIP_REQUIRE_VIRTUALENV=1", "PIP_REQUIRE_VENV=yes",
        "PIP_DRY_RUN=1", "PIP_DRY_RUN=1 PIP_REPORT={case}/report.json", "PIP_ISOLATED=1", "UV_BREAK_SYSTEM_PACKAGES=1", "PIP_NO_SUCH=1",
        "CI=true", "container=docker",
    ];

    private readonly string[] _files =
    [
        "[install]\ntarget = {site}\n", "[global]\ntarget = {free}\n", "[install]\nprefix = {prefix}\n",
        "[global]\nbreak-system-packages = true\n",
        "[install]\nbreak-system-packages = true\n", "[uninstall]\nbreak-system-packages = true\n",
        "[global]\nbreak-system-packages = true\n[install]\nbreak-system-packages = false\n",
        "[global]\nuser = true\n", "[global]\nrequire-virtualenv = true\n", "[install]\ndry-run = true\nreport = {case}/report.json\n",
        "[install]\nroot =\ntarget =\n",
        "[install]\nbreak-system-packages\n",
    ];

    /// <summary>Each flag alone, then mixtures.</summary>
    internal IReadOnlyList<PolicyCase> Make(int mixtures)
    {
        IEnumerable<(bool, string?)> alone =
            _flags.Distinct().Select(flag => (true, (string?)flag)).Concat(_uninstallFlags.Select(flag => (false, (string?)flag)));
        return [.. alone.Concat(Enumerable.Range(0, mixtures).Select(_ => (_random.Next(4) > 0, (string?)null)))
            .Select((one, number) => One(number, one.Item1, one.Item2))];
    }

    private PolicyCase One(int number, bool installs, string? alone)
    {
        string here = Directory.CreateDirectory(Path.Combine(folder, $"{number}")).FullName;
        string home = Directory.CreateDirectory(Path.Combine(here, "home")).FullName;
        File.WriteAllText(Path.Combine(here, "empty.txt"), "");
        File.CreateSymbolicLink(Path.Combine(here, "link"), managed.SitePackages[0]);
        File.CreateSymbolicLink(Path.Combine(here, "prefix-link"), managed.Prefix);
        File.CreateSymbolicLink(Path.Combine(here, "root-link"), "/");
        string[] flags = installs ? _flags : _uninstallFlags;
        List<string> arguments = [.. (alone is null ? Some(flags, 0, 1, 1, 2) : [alone]).SelectMany(flag => flag.Split(' '))];
        if (installs)
        {
            arguments.Add("--no-index");
        }
        // The name is at any position, also after --.
        int words = arguments.Count;
        if (_random.Next(5) == 0)
        {
            arguments.Add("--");
            arguments.Add("nothing-here");
        }
        else
        {
            arguments.Insert(_random.Next(3) == 0 ? 0 : words, "nothing-here");
        }
        var variables =
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin", ["HOME"] = home, ["LC_ALL"] = "C.UTF-8" };
        foreach (string[] pair in Some(_variables, alone is null ? [0, 1, 2] : [0]).SelectMany(text => text.Split(' '))
            .Select(text => text.Split('=', 2)))
        {
            variables[pair[0]] = Fill(pair[1], here);
        }
        string? config = alone is not null || _random.Next(3) > 0 ? null : Fill(_files[_random.Next(_files.Length)], here);
        if (config is not null && _random.Next(2) == 0)
        {
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(home, ".config", "pip")).FullName, "pip.conf"), config);
        }
        else if (config is not null)
        {
            File.WriteAllText(Path.Combine(here, "named.conf"), config);
            variables["PIP_CONFIG_FILE"] = Path.Combine(here, "named.conf");
        }
        return new($"{number}", installs ? "install" : "uninstall", [.. arguments.Select(argument => Fill(argument, here))], variables,
            here, config);
    }

    private string Fill(string text, string here) =>
        text.Replace("{case}", here).Replace("{free}", here + "/free").Replace("{link}", here + "/link")
        .Replace("{site}", managed.SitePackages[0]).Replace("{stdlib}", managed.StdLib).Replace("{prefix}", managed.Prefix)
        .Replace("{own}", environment.Prefix);

    private IEnumerable<string> Some(string[] values, params int[] counts) =>
        Enumerable.Range(0, counts[_random.Next(counts.Length)]).Select(_ => values[_random.Next(values.Length)]);
}
