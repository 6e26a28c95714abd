using System.Diagnostics;

namespace Pep668.Hosted.Tests;

/// <summary>The pwsh on PATH, and the folder of its assemblies.</summary>
internal static class InstalledPwsh
{
    internal const string Automation = "System.Management.Automation";

    /// <summary>Its program; null when there is none on PATH.</summary>
    internal static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(Path.IsPathRooted)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"))
        .FirstOrDefault(File.Exists);

    /// <summary>Its <c>$PSHOME</c>; null when it cannot be found.</summary>
    internal static string? Folder { get; } = Program is null ? null : Beside(Program) ?? Asked(Program);

    /// <summary>Starts it afresh, without profile and without colours.</summary>
    internal static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, ["-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = SourceTree.Root,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    // Packages put a link to it on PATH; a .NET tool or a script has to be asked.
    private static string? Beside(string program)
    {
        string real = File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program;
        string folder = Path.GetDirectoryName(real)!;
        return File.Exists(Path.Combine(folder, Automation + ".dll")) ? folder : null;
    }

    private static string? Asked(string program)
    {
        (int exitCode, string output) = Run(program, "-Command", "$PSHOME");
        string folder = output.Trim();
        return exitCode == 0 && File.Exists(Path.Combine(folder, Automation + ".dll")) ? folder : null;
    }
}
