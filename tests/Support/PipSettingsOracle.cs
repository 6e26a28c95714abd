using System.Text.Json;

namespace Pep668.Tests;

/// <summary>One world in which pip reads its configuration: variables, current folder and <c>sys.prefix</c>.</summary>
internal sealed record PipCase(string Name, Dictionary<string, string> Variables, string Folder, string? Prefix, bool Isolated);

/// <summary>The configuration that pip read, or null where it stopped; and for each command the value of each option,
/// or null where pip stopped.</summary>
internal sealed record PipSettingsResult(
    string Name, Dictionary<string, string>? Values, Dictionary<string, Dictionary<string, int>?> Commands);

/// <summary>Reads the configuration of many worlds with the classes of the real pip of an interpreter, in one
/// process.</summary>
internal static class PipSettingsOracle
{
    /// <summary>The options that are compared: switches, and one that is counted.</summary>
    internal static readonly string[] Options = ["break-system-packages", "user", "require-virtualenv", "pre", "verbose"];

    private const string Script = """
        import io, json, os, sys
        if len(sys.argv) > 1:
            sys.path.insert(0, sys.argv[1])
        try:
            from importlib import reload
        except ImportError:
            pass
        import pip._internal.configuration as configuration
        from pip._internal.cli import parser as parsers
        try:
            from pip._internal.commands import create_command
        except ImportError:
            from pip._internal.commands import commands_dict
            create_command = lambda name, isolated: commands_dict[name](isolated)
        text = lambda value: value.decode('utf-8', 'replace') if isinstance(value, bytes) else value
        native = lambda value: value.encode('utf-8') if sys.version_info[0] == 2 else value

        def values(isolated):
            config = configuration.Configuration(isolated=isolated)
            try:
                config.load()
            except configuration.ConfigurationError:
                return None
            found = {}
            for key, value in config.items():
                if isinstance(value, dict):
                    found.update(value)
                else:
                    found[text(key)] = text(value)
            return found

        def command(name, isolated, options):
            try:
                parser = create_command(name, isolated=isolated).parser
                defaults = parser.get_default_values()
            except SystemExit:
                return None
            known = ((key, parser.get_option('--' + key)) for key in options)
            return dict((key, int(getattr(defaults, option.dest) or 0)) for key, option in known if option)

        world = json.load(sys.stdin)
        prefix, verdicts = sys.prefix, []
        sys.stderr = io.StringIO() if sys.version_info[0] > 2 else open(os.devnull, 'w')
        for case in world['cases']:
            os.environ.clear()
            for name, value in case['Variables'].items():
                os.environ[native(name)] = native(value)
            os.chdir(case['Folder'])
            sys.prefix = native(case['Prefix']) if case['Prefix'] else prefix
            if not hasattr(configuration, 'get_configuration_files'):
                import pip._internal.locations as locations
                reload(locations)
                reload(configuration)
                parsers.Configuration = configuration.Configuration
                parsers.ConfigurationError = configuration.ConfigurationError
            isolated = case['Isolated']
            verdicts.append(dict(Name=case['Name'], Values=values(isolated),
                Commands=dict((name, command(name, isolated, world['options'])) for name in ('install', 'uninstall'))))
        json.dump(verdicts, sys.stdout)
        """;

    internal static IReadOnlyList<PipSettingsResult> Ask(string executable, string? wheel, IReadOnlyList<PipCase> cases,
        IReadOnlyDictionary<string, string> variables)
    {
        string input = JsonSerializer.Serialize(new { options = Options, cases });
        string[] arguments = ["-B", "-W", "ignore", "-c", Script, .. wheel is null ? Array.Empty<string>() : [wheel]];
        return JsonSerializer.Deserialize<PipSettingsResult[]>(
            Tool.Run(executable, arguments, variables: variables, input: input).Checked().Output)!;
    }
}
