using System.Text.Json;

namespace Pep668.Tests;

/// <summary>What an interpreter says of itself, and the interpreters that this machine has to ask.</summary>
internal sealed record Oracle(
    string Version, string Implementation, string Prefix, string BasePrefix, string StdLib, string PureLib, string Scripts,
    string[] SitePackages, string? PipVersion, bool IsVirtual, string? Marker)
{
    private const string Script = """
        import sys, json, os, platform
        import sysconfig, site
        v = sys.version_info
        text = '%d.%d.%d' % v[:3] + {'alpha': 'a%d', 'beta': 'b%d', 'candidate': 'rc%d', 'final': ''}[v[3]] % (() if v[3] == 'final' else v[4])
        base = getattr(sys, 'base_prefix', getattr(sys, 'real_prefix', sys.prefix))
        try:
            import pip
            pip = pip.__version__
        except ImportError:
            pip = None
        virtual = base != sys.prefix or hasattr(sys, 'real_prefix')
        stdlib = sysconfig.get_path('stdlib')
        marker = os.path.join(stdlib, 'EXTERNALLY-MANAGED')
        print(json.dumps(dict(
            Version=text, Implementation=platform.python_implementation(), Prefix=sys.prefix, BasePrefix=base, StdLib=stdlib,
            PureLib=sysconfig.get_path('purelib'), Scripts=sysconfig.get_path('scripts'), SitePackages=site.getsitepackages(),
            PipVersion=pip, IsVirtual=virtual, Marker=marker if os.path.isfile(marker) and not virtual else None)))
        """;

    /// <summary>Asks an interpreter, with site and without the user's variables.</summary>
    internal static Oracle Ask(string executable, string? root = null)
    {
        string[] command = [executable, "-E", "-s", "-c", Script];
        Tool.Result result = (root is null ? Tool.Run(command[0], command[1..]) : Tool.Run("chroot", [root, .. command])).Checked();
        return JsonSerializer.Deserialize<Oracle>(result.Output)!;
    }

    /// <summary>Every base interpreter in the usual places and below <c>~/.pyenv</c>.</summary>
    internal static IReadOnlyList<string> Interpreters { get; } = [.. FindInterpreters()];

    /// <summary>One interpreter whose name or folder contains the text; skips the test when there is none.</summary>
    internal static string Need(string text)
    {
        string? found = Interpreters.FirstOrDefault(path => path.Contains(text, StringComparison.Ordinal));
        Assert.SkipWhen(found is null, $"no interpreter '{text}' on this machine");
        return found!;
    }

    private static IEnumerable<string> FindInterpreters() => Candidates().Where(File.Exists);

    private static IEnumerable<string> Candidates()
    {
        string end = OperatingSystem.IsWindows() ? ".exe" : "";
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string cache = Environment.GetEnvironmentVariable("RUNNER_TOOL_CACHE") ?? "/nonexistent";
        foreach (string versions in (string[])[Path.Combine(home, ".pyenv", "versions"), Path.Combine(cache, "Python")])
        {
            foreach (string version in (Directory.Exists(versions) ? Directory.GetDirectories(versions) : []).Order())
            {
                yield return Path.Combine(version, "bin", "python");
                yield return Path.Combine(version, "x64", OperatingSystem.IsWindows() ? "python.exe" : "bin/python");
            }
        }
        foreach (string folder in (string[])["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"])
        {
            foreach (string name in (string[])["python3", "pypy3", "pypy"])
            {
                yield return Path.Combine(folder, name + end);
            }
        }
    }
}
