using System.Text.Json;
using Pep668.Machines;
using Pep668.Pip.Requests;

namespace Pep668.Tests;

/// <summary>One run of pip that changes nothing: its distribution does not exist, or is not installed.</summary>
internal sealed record PolicyCase(string Name, string Command, string[] Arguments, Dictionary<string, string> Variables, string Folder,
    string? Config)
{
    /// <summary>The machine on which pip runs.</summary>
    internal Machine ToMachine() => new()
    {
        Files = FileTree.Host,
        Variables = Variables,
        Platform = Platform.Linux,
        Home = Variables["HOME"],
        CurrentDirectory = Folder,
    };

    /// <summary>The same run as a request.</summary>
    internal PipRequest ToRequest(PythonEnvironment environment) =>
        new(Command is "install" ? PipAction.Install : PipAction.Uninstall, environment) { Arguments = Arguments };
}

/// <summary>How pip ended.</summary>
internal enum PolicyEnd
{
    /// <summary>It refused because of PEP 668.</summary>
    Refuses,

    /// <summary>It went ahead, and only then found that there is no such distribution.</summary>
    Proceeds,

    /// <summary>It requires a virtual environment.</summary>
    WantsVenv,

    /// <summary>It stopped for another reason: bad usage, a bad setting.</summary>
    Stops,
}

/// <summary>Runs the real pip of an interpreter, many runs in one process, each with its own variables and
/// files.</summary>
internal static class PolicyOracle
{
    private const string Script = """
        import io, json, os, sys, tempfile
        if len(sys.argv) > 1:
            sys.path.insert(0, sys.argv[1])
        try:
            from importlib import reload
        except ImportError:
            pass
        import pip._internal.configuration as configuration
        from pip._internal.cli import parser as parsers
        try:
            from pip._internal.cli.main import main
        except ImportError:
            from pip._internal import main
        native = lambda value: value.encode('utf-8') if sys.version_info[0] == 2 else value
        world = json.load(sys.stdin)
        ends = []
        keep = os.dup(1), os.dup(2)
        for case in world:
            os.environ.clear()
            for name, value in case['Variables'].items():
                os.environ[native(name)] = native(value)
            os.chdir(case['Folder'])
            if not hasattr(configuration, 'get_configuration_files'):
                import pip._internal.locations as locations
                reload(locations)
                reload(configuration)
                parsers.Configuration = configuration.Configuration
                parsers.ConfigurationError = configuration.ConfigurationError
            with tempfile.TemporaryFile() as output:
                sys.stdout.flush(), sys.stderr.flush()
                os.dup2(output.fileno(), 1), os.dup2(output.fileno(), 2)
                try:
                    code = main([native(argument) for argument in [case['Command']] + case['Arguments']])
                except SystemExit as end:
                    code = end.code
                except BaseException as error:
                    code = repr(error)
                finally:
                    sys.stdout.flush(), sys.stderr.flush()
                    os.dup2(keep[0], 1), os.dup2(keep[1], 2)
                output.seek(0)
                text = output.read().decode('utf-8', 'replace')
            ends.append(dict(Code=str(code), Text=text))
        json.dump(ends, sys.stdout)
        """;

    private sealed record End(string Code, string Text);

    internal static IReadOnlyList<(PolicyEnd End, string Text)> Ask(string executable, string? wheel, IReadOnlyList<PolicyCase> cases)
    {
        string[] arguments = ["-B", "-W", "ignore", "-c", Script, .. wheel is null ? Array.Empty<string>() : [wheel]];
        End[] ends =
            JsonSerializer.Deserialize<End[]>(Tool.Run(executable, arguments, input: JsonSerializer.Serialize(cases)).Checked().Output)!;
        return [.. ends.Select(end => (Of(end), end.Code + ": " + end.Text))];
    }

    // The messages of all releases of pip on this machine: the result after its checks, or why it stopped before.
    private static PolicyEnd Of(End end) =>
        end.Text.Contains("externally-managed-environment", StringComparison.Ordinal) ? PolicyEnd.Refuses
        : end.Text.Contains("Could not find an activated virtualenv", StringComparison.Ordinal) ? PolicyEnd.WantsVenv
        : end.Text.Contains("No matching distribution found", StringComparison.Ordinal)
            || end.Text.Contains("nothing-here as it is not installed", StringComparison.Ordinal)
            || end.Text.Contains("nothing-here, as it is not installed", StringComparison.Ordinal) ? PolicyEnd.Proceeds
        : PolicyEnd.Stops;
}
