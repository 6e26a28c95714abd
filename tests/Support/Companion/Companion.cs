using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Pep668.Cli;
using Pep668.Machines;

namespace Pep668.Tests;

/// <summary>
/// The built companion, started as a process in an isolated world: no variable, home or PATH of the user who
/// runs the tests is visible to it.
/// </summary>
/// <remarks>PEP668_COMPANION, the path of a program compiled ahead of time, selects that program for the
/// tests.</remarks>
internal sealed class Companion : IDisposable
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    internal Companion()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the worlds of these tests are made of links and modes");
        World.CreateFolder("/usr/bin").CreateFolder("/tmp");
        Set("HOME", World.OnDisk("/home/user"));
        Set("PATH", World.OnDisk("/usr/bin"));
        Set("TMPDIR", World.OnDisk("/tmp"));
        // To compile methods a second time, or to profile them for that, is of no use in a short process.
        Set("DOTNET_TieredPGO", "0").Set("DOTNET_TC_CallCounting", "0");
        Folder = World.OnDisk("/home/user/project");
    }

    internal World World { get; } = new();

    /// <summary>The working directory.</summary>
    internal string Folder { get; set; }

    /// <summary>The folder of the built program and what it needs, and nothing else.</summary>
    internal static string ProgramFolder { get; } = Path.Combine(AppContext.BaseDirectory, "companion");

    /// <summary>The command that starts it, before its own arguments.</summary>
    internal static IReadOnlyList<string> Command { get; } =
        Environment.GetEnvironmentVariable("PEP668_COMPANION") is { Length: > 0 } program ? [program]
        : [Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")),
            Path.Combine(ProgramFolder, "pep668.dll")];

    public void Dispose() => World.Dispose();

    internal Companion Set(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    /// <summary>The real path of a path of this world.</summary>
    internal string At(string path) => World.OnDisk(path);

    /// <summary>A virtual environment with real paths, which can be read without this world as a
    /// root.</summary>
    internal Companion Venv(string folder, string prefix, string version)
    {
        World.Venv(folder, World.OnDisk(prefix), version);
        return this;
    }

    /// <summary>Runs it to its end.</summary>
    internal CompanionResult Run(params string[] arguments) => Finish(Start([.. Command, .. arguments]));

    /// <summary>Runs it in this process, which takes a tenth of the time; a full run (<see cref="TestExtent"/>) starts
    /// it. For a command whose result does not depend on the process, its standard input and its encodings.</summary>
    internal CompanionResult RunHere(params string[] arguments)
    {
        if (TestExtent.IsFull)
        {
            return Run(arguments);
        }
        // The program has no other culture.
        CultureInfo before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        try
        {
            using StringWriter results = new() { NewLine = "\n" }, messages = new() { NewLine = "\n" };
            int code = CompanionRun.Run(
                () => Machine.Current(Folder) with { Variables = _variables, Home = _variables["HOME"] }, results, messages,
                terminalWidth: null, Command[^1], arguments);
            return new(code, results.ToString(), messages.ToString());
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>Runs a command line of <c>sh</c> in which <c>"$@"</c> is the companion with its arguments.</summary>
    internal CompanionResult Shell(string line, params string[] arguments) =>
        Finish(Start(["/bin/sh", "-c", line, "sh", .. Command, .. arguments]));

    /// <summary>Starts any program in this world.</summary>
    internal Process Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in _variables)
        {
            start.Environment[name] = value;
        }
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    internal static CompanionResult Finish(Process process)
    {
        using (process)
        {
            Task<byte[]> output = Bytes(process.StandardOutput), error = Bytes(process.StandardError);
            process.WaitForExit();
            return new(process.ExitCode, Strict.GetString(output.Result), Strict.GetString(error.Result));
        }

        static async Task<byte[]> Bytes(StreamReader reader)
        {
            using var bytes = new MemoryStream();
            await reader.BaseStream.CopyToAsync(bytes);
            return bytes.ToArray();
        }
    }
}

/// <summary>What it wrote, and its exit code.</summary>
internal sealed record CompanionResult(int ExitCode, string Output, string Error)
{
    /// <summary>The one JSON document on stdout, which is an array.</summary>
    internal JsonElement[] Json()
    {
        JsonElement document = JsonSerializer.Deserialize<JsonElement>(Output);
        Assert.Equal(JsonValueKind.Array, document.ValueKind);
        return [.. document.EnumerateArray()];
    }

    /// <summary>The lines on stdout.</summary>
    internal string[] Lines() => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Asserts an exit code; the failure shows the output.</summary>
    internal CompanionResult Exits(int code)
    {
        Assert.True(ExitCode == code, $"exit code {ExitCode}, not {code}:\n{Output}{Error}");
        Assert.DoesNotContain("Unhandled", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        return this;
    }
}
