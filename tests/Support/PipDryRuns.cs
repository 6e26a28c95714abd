using System.Text.Json;

namespace Pep668.Tests;

/// <summary>What a real pip says to many dry runs: one process imports it once, and forks for each.</summary>
internal static class PipDryRuns
{
    private const string Script = """
        import json, os, sys
        from pip._internal.cli.main import main
        import pip._internal.commands.install

        def run(arguments):
            reader, writer = os.pipe()
            child = os.fork()
            if child == 0:
                os.dup2(writer, 1)
                os._exit(main(['install', '--dry-run'] + arguments))
            os.close(writer)
            with os.fdopen(reader) as output:
                text = output.read()
            return [os.waitpid(child, 0)[1], text]

        print(json.dumps([run(arguments) for arguments in json.loads(sys.argv[1])]))
        """;

    /// <summary>The standard output of each run, which must succeed.</summary>
    /// <param name="python">The interpreter whose pip it is.</param>
    /// <param name="runs">The arguments of each, after <c>install --dry-run</c>.</param>
    internal static IReadOnlyList<string> Output(string python, IReadOnlyList<string[]> runs)
    {
        string json = JsonSerializer.Serialize(runs);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PIP_CONFIG_FILE"] = "/dev/null" };
        string output = Tool.Run(python, ["-c", Script, json], variables: variables).Checked().Output;
        return [.. JsonDocument.Parse(output).RootElement.EnumerateArray().Select(one =>
            one[0].GetInt32() == 0 ? one[1].GetString()! : throw new InvalidOperationException(one.ToString()))];
    }
}
