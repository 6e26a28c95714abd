using System.Text.Json;

namespace Pep668.Tests.Markers;

/// <summary>A Python interpreter of this machine that a test may ask for its opinion.</summary>
internal sealed record RealPython(string Executable, Version Version, string Prefix, bool HasPip)
{
    private const string Facts = """
        import json, sys
        try:
            from pip._internal.exceptions import ExternallyManagedEnvironment
            pip = True
        except Exception:
            pip = False
        print(json.dumps([list(sys.version_info[:3]), sys.prefix, pip]))
        """;

    private static readonly Lazy<IReadOnlyList<RealPython>> Found = new(Find);

    /// <summary>Every Python 3 found, one per minor version and the oldest first.</summary>
    internal static IReadOnlyList<RealPython> All => Found.Value;

    /// <summary>The oldest, the newest, and the oldest one with a pip that knows PEP 668 and the headers of 3.10.</summary>
    internal static IReadOnlyList<RealPython> Panel()
    {
        Assert.SkipWhen(All.Count == 0, "no Python 3 was found on this machine");
        RealPython? middle = All.FirstOrDefault(python => python.HasPip && python.Version >= new Version(3, 10));
        return [.. new[] { All[0], middle, All[^1] }.OfType<RealPython>().Distinct()];
    }

    internal (int Major, int Minor) MajorMinor => (Version.Major, Version.Minor);

    /// <summary>Runs a script away from the user's own modules, writing no byte-code.</summary>
    internal JsonElement Run(string script, params string[] arguments)
    {
        string output = Tool.Run(Executable, ["-I", "-B", "-W", "ignore", "-c", script, .. arguments]).Checked().Output;
        return JsonDocument.Parse(output).RootElement;
    }

    private static RealPython[] Find()
    {
        var found = new SortedDictionary<Version, RealPython>();
        foreach (string executable in Oracle.Interpreters)
        {
            Tool.Result result = Tool.Run(executable, ["-I", "-B", "-W", "ignore", "-c", Facts]);
            if (result.ExitCode != 0)
            {
                continue;
            }
            JsonElement facts = JsonDocument.Parse(result.Output).RootElement;
            int[] version = [.. facts[0].EnumerateArray().Select(part => part.GetInt32())];
            if (version[0] == 3)
            {
                found.TryAdd(new Version(3, version[1]), new(
                    executable, new Version(3, version[1], version[2]), facts[1].GetString()!, facts[2].GetBoolean()));
            }
        }
        return [.. found.Values];
    }
}
