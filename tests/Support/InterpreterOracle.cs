using System.Text.Json;

namespace Pep668.Tests;

/// <summary>What an interpreter reports about itself.</summary>
internal sealed record InterpreterOracle(
    string Version, string Implementation, string Prefix, string BasePrefix, string StdLib, string PureLib, string Scripts,
    string[] SitePackages, string? PipVersion, string? PipFolder, bool IsVirtual, string? Marker)
{
    private const string Script = """
        import sys, json, os, platform
        import sysconfig, site
        v = sys.version_info
        stages = {'alpha': 'a%d', 'beta': 'b%d', 'candidate': 'rc%d', 'final': ''}
        text = '%d.%d.%d' % v[:3] + stages[v[3]] % (() if v[3] == 'final' else v[4])
        base = getattr(sys, 'base_prefix', getattr(sys, 'real_prefix', sys.prefix))
        try:
            import pip
            pip, folder = pip.__version__, os.path.dirname(os.path.dirname(os.path.abspath(pip.__file__)))
        except (ImportError, AttributeError): # the folder alone may be left of a removed one
            pip, folder = None, None
        virtual = base != sys.prefix or hasattr(sys, 'real_prefix')
        stdlib = sysconfig.get_path('stdlib')
        marker = os.path.join(stdlib, 'EXTERNALLY-MANAGED')
        print(json.dumps(dict(
            Version=text, Implementation=platform.python_implementation(), Prefix=sys.prefix, BasePrefix=base, StdLib=stdlib,
            PureLib=sysconfig.get_path('purelib'), Scripts=sysconfig.get_path('scripts'), SitePackages=site.getsitepackages(),
            PipVersion=pip, PipFolder=folder, IsVirtual=virtual, Marker=marker if os.path.isfile(marker) and not virtual else None)))
        """;

    /// <summary>Asks an interpreter, with site and without the user's variables.</summary>
    internal static InterpreterOracle Ask(string executable, string? root = null)
    {
        string[] command = [executable, "-E", "-s", "-c", Script];
        Tool.Result result = (root is null ? Tool.Run(command[0], command[1..]) : Tool.Run("chroot", [root, .. command])).Checked();
        return JsonSerializer.Deserialize<InterpreterOracle>(result.Output)!;
    }
}
