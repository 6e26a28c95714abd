using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;
using Pep668.Requirements;

namespace Pep668.Pip.Running;

/// <summary>What is said about a run: warnings, errors, and commands to paste. Nothing of it shows
/// credentials.</summary>
internal static class PipRunMessages
{
    private const int TailLines = 20;

    /// <summary>The credentials that the request and the session bring.</summary>
    internal static PipSecrets Secrets(Machine machine, PipRequest request)
    {
        var secrets = PipSecrets.Read(machine);
        string?[] texts =
        [
            request.IndexUrl, .. request.ExtraIndexUrls, .. request.FindLinks, .. request.Arguments, .. request.Requirements,
            .. request.Constraints,
            .. request.Packages.Select(target => target.Text), .. request.Editables.Select(target => target.Text),
        ];
        foreach (string? text in texts)
        {
            secrets.Add(text ?? "");
        }
        return secrets;
    }

    /// <summary>What root does to a system with pip; pip's own words are switched off for these. The user may switch
    /// them off as pip's (<c>root-user-action</c>).</summary>
    internal static IEnumerable<string> Root(Machine machine, PipRequest request, PipProgram program)
    {
        PythonEnvironment environment = request.Environment;
        if (machine.UserId != 0 || machine.Platform == Platform.Windows || environment.IsVirtual
            || PipSettings.Read(machine, environment with { PipVersion = program.Version })
                .Effective("install", "root-user-action")?.Value is "ignore")
        {
            yield break;
        }
        yield return $"pip runs as root outside a virtual environment. It writes into {environment.Prefix} for every user and program of "
            + "this system, can replace or remove files that belong to the system's own packages, runs build scripts of source "
            + "distributions as root, and leaves files that only root can remove. A virtual environment needs no root: "
            + "New-PythonVenv .venv";
    }

    /// <summary>That pip has no dry run.</summary>
    internal static Failure NoDryRun(PipRequest request, PipProgram program)
    {
        PythonEnvironment environment = request.Environment;
        // pip 22.2 runs on Python 3.7 and later.
        bool canUpgrade = environment.VersionInfo >= new Version(3, 7);
        string more = canUpgrade ? "" : $", and no such pip runs on Python {environment.Version}";
        return new(
            FailureId.NotSupportedByPip, $"{program} cannot say what it would do: that came with pip 22.2{more}.", environment,
            canUpgrade
                ? $"Invoke-PipInstall 'pip>=22.2' -Upgrade -Environment {InterruptedInstall.Quoted(environment.Executable)}"
                : $"{Command(request, "")} -DryRun -Installer Uv");
    }

    /// <summary>That the program ended with an error, or was not started.</summary>
    internal static Failure Failed(PipRequest request, PipProgram program, int? exitCode, string? problem, PipOutput output,
        PipSecrets secrets)
    {
        if (exitCode is not int code)
        {
            return new(
                FailureId.PipFailed, $"{program.Executable} could not be started: {problem}.", request.Environment,
                $"Test-PythonVenv {InterruptedInstall.Quoted(request.Environment.Prefix)}");
        }
        string tail = string.Join('\n', output.Tail.TakeLast(TailLines));
        return new(
            FailureId.PipFailed, FormattableString.Invariant($"{program} ended with exit code {code}.") +
                (tail.Length == 0 ? "" : "\n" + tail), request.Environment,
            secrets.Redact(Command(request, "-v")));
    }

    /// <summary>What is noted while the request runs.</summary>
    internal static InstallNote Note(PipRequest request, PipSecrets secrets)
    {
        string what = string.Join(", ", request.Packages.Concat(request.Editables).Select(target => target.Redacted)
            .Concat(request.Requirements.Select(file => $"the requirements in {file}")));
        return new(
            secrets.Redact(
                $"{(request.Action == PipAction.Install ? "an install" : "an uninstall")} of {(what.Length == 0 ? "nothing" : what)}"),
            secrets.Redact(Command(request, request.Action == PipAction.Install ? "--force-reinstall" : "")));
    }

    /// <summary>The request as a command of PowerShell, without indexes, which may have credentials.</summary>
    private static string Command(PipRequest request, string argument)
    {
        var words = new List<string> { request.Action == PipAction.Install ? "Invoke-PipInstall" : "Invoke-PipUninstall" };
        Add("", request.Packages.Select(target => target.Text));
        Add("-Requirement ", request.Requirements);
        Add("-Constraint ", request.Constraints);
        Add("-Editable ", request.Editables.Select(target => target.Text));
        words.Add($"-Environment {InterruptedInstall.Quoted(request.Environment.Executable)}");
        if (argument.Length > 0)
        {
            words.Add($"-ArgumentList {InterruptedInstall.Quoted(argument)}");
        }
        return UrlCredentials.Redact(string.Join(' ', words));

        void Add(string parameter, IEnumerable<string> values)
        {
            string joined = string.Join(", ", values.Select(InterruptedInstall.Quoted));
            if (joined.Length > 0)
            {
                words.Add(parameter + joined);
            }
        }
    }
}
