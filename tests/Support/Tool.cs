using System.Diagnostics;
using System.Text.Json;

namespace Pep668.Tests;

/// <summary>Runs a real program with the variables of a test.</summary>
internal static class Tool
{
    internal sealed record Result(int ExitCode, string Output, string Error)
    {
        internal Result Checked() => ExitCode == 0 ? this
            : throw new InvalidOperationException($"exit code {ExitCode}: {Error}{Output}");
    }

    /// <summary>Variables through which the user's settings would change the result of a test.</summary>
    private static readonly string[] Foreign =
        ["PIP_", "PIPX_", "PYTHON", "PYENV_", "UV_", "VIRTUAL_ENV", "CONDA_", "LC_", "LANG", "XDG_", "VIRTUALENV_"];

    /// <summary>Whether a program of that name is on PATH.</summary>
    internal static bool Exists(string program) => Find(program) is not null;

    /// <summary>Where a program is on PATH; null when it is not.</summary>
    internal static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    // To restore the tool and to start the command line of the SDK takes half of the time of a pwsh that does little.
    private static readonly Lazy<string> PowerShell = new(() =>
    {
        if (RestoredPowerShell() is string restored)
        {
            return restored;
        }
        Run(DotNet, ["tool", "restore"], SourceTree.Root).Checked();
        string[] home = ["tool", "run", "pwsh", "-NoProfile", "-NonInteractive", "-Command", "$PSHOME"];
        return Path.Combine(Run(DotNet, home, SourceTree.Root, PowerShellVariables).Checked().Output.Trim(), "pwsh.dll");
    });

    // Where the shim of its package finds it.
    private static string? RestoredPowerShell()
    {
        using var tools = JsonDocument.Parse(File.ReadAllText(SourceTree.File(".config/dotnet-tools.json")));
        string version = tools.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString()!;
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string tool = Path.Combine(packages, "powershell", version, "tools"), system = OperatingSystem.IsWindows() ? "win" : "unix";
        return !Directory.Exists(tool) ? null
            : Directory.GetDirectories(tool).Select(one => Path.Combine(one, "any", system, "pwsh.dll")).FirstOrDefault(File.Exists);
    }

    // Nor is it of use to compile a method again in a process that lives for seconds.
    private static readonly Dictionary<string, string> PowerShellVariables = new(StringComparer.Ordinal)
    {
        ["NO_COLOR"] = "1", ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["DOTNET_TieredPGO"] = "0", ["DOTNET_TC_CallCounting"] = "0",
    };

    private static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    /// <summary>Runs the pwsh of <c>.config/dotnet-tools.json</c>, which needs the .NET SDK only.</summary>
    internal static Result RunPwsh(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && !Exists("dotnet.exe"), "needs the .NET SDK");
        return Run(DotNet, [PowerShell.Value, "-NoProfile", "-NonInteractive", .. arguments], SourceTree.Root, PowerShellVariables);
    }

    /// <summary>Runs that pwsh with these arguments alone.</summary>
    internal static Result RunPwshWith(
        IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> variables, string input) =>
        Run(DotNet, [PowerShell.Value, .. arguments], folder,
            variables.Concat(PowerShellVariables).ToDictionary(StringComparer.Ordinal), input);

    internal static Result Run(
        string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? variables = null,
        string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (string name in start.Environment.Keys.Where(name => Foreign.Any(name.StartsWith)).ToArray())
        {
            start.Environment.Remove(name);
        }
        foreach ((string name, string value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            process.StandardInput.Write(input);
        }
        process.StandardInput.Close();
        process.WaitForExit();
        return new Result(process.ExitCode, output.Result, error.Result);
    }
}
