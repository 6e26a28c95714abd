using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;
using Pep668.Requirements;

namespace Pep668.Pip.Running;

/// <summary>The errors and warnings of a run. None of them shows credentials.</summary>
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
            .. request.Constraints, .. request.Lines.Select(line => line.Text),
            .. request.Packages.Select(target => target.Text), .. request.Editables.Select(target => target.Text),
        ];
        foreach (string? text in texts)
        {
            secrets.Add(text ?? "");
        }
        return secrets;
    }

    /// <summary>Version control systems get the whole URL from pip and uv, whatever is done here.</summary>
    internal static Notice SecretInArguments(string url) =>
        new($"The credentials in '{url}' are an argument of the version control program: other users can read them while it runs.");

    /// <summary>What root does to a system with pip, in place of pip's own warning. The user may switch it off as pip's
    /// (<c>root-user-action</c>).</summary>
    internal static IEnumerable<Notice> Root(Machine machine, PipRequest request, PipProgram program)
    {
        PythonEnvironment environment = request.Environment;
        if (machine.UserId != 0 || machine.Platform == Platform.Windows || PipSettings.Read(machine,
            environment with { PipVersion = program.Version }).Effective("install", "root-user-action")?.Value is "ignore")
        {
            yield break;
        }
        if (!environment.IsVirtual)
        {
            yield return RootOnSystem(environment.Prefix);
        }
        else if (machine.Files.Stat(environment.Prefix) is { Kind: not FileKind.Missing, Owner: not 0 and uint owner })
        {
            yield return RootInForeign(environment.Prefix, owner);
        }
    }

    internal static Notice RootOnSystem(string prefix) => new(
        $"pip runs as root: it changes '{prefix}' for all users and can replace files of system packages.",
        CommonRemedies.CreateVenv());

    internal static Notice RootInForeign(string prefix, uint owner) => new(FormattableString.Invariant(
        $"pip runs as root in '{prefix}', which belongs to user {owner}; that user cannot change or remove what it installs."));

    /// <summary>What a command would do, for a confirmation and for <c>-WhatIf</c>.</summary>
    /// <param name="request">The command.</param>
    /// <param name="overridden">The refusal that it overrides; null if it overrides none.</param>
    internal static string Action(PipRequest request, Refusal? overridden)
    {
        IEnumerable<string> what =
        [
            .. request.Packages.Select(one => one.Redacted),
            .. request.Requirements.Select(file => $"the requirements in '{UrlCredentials.Redact(file)}'"),
            .. request.Editables.Select(one => $"{one.Redacted} (editable)"),
        ];
        string verb = request.Action == PipAction.Install ? "Install" : "Uninstall";
        string program = request.Installer == PipInstaller.Uv ? "uv" : "pip";
        string marker = overridden is null ? "" : $", overriding PEP 668 ('{overridden.MarkerPath ?? overridden.Environment.Executable}')";
        return $"{verb} {string.Join(", ", what)} in '{request.Environment.Prefix}' with {program}{marker}";
    }

    /// <summary>pip or uv could not find out what it would do, which is not an error of <c>-WhatIf</c>.</summary>
    internal static Notice NotKnown(Failure failure)
    {
        string[] lines = failure.Details?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
        // The first error is the cause; what follows it are hints.
        string? reason = lines.FirstOrDefault(line => line.StartsWith("ERROR:", StringComparison.Ordinal)) ?? lines.LastOrDefault();
        return new(reason is null ? $"What would change is not known: {failure.Message}"
            : $"What would change is not known: {failure.Message.TrimEnd('.')}: {PipOutput.WithoutMark(reason)}", failure.Remedies);
    }

    /// <summary>pip has no <c>--dry-run</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="program">The pip.</param>
    /// <param name="hasUv">Whether the machine has uv, which can compute the result for a Python whose pip cannot be
    /// upgraded.</param>
    internal static Failure NoDryRun(PipRequest request, PipProgram program, bool hasUv)
    {
        PythonEnvironment environment = request.Environment;
        string message = $"{program} does not support --dry-run (pip 22.2 or later does).";
        // pip 22.2 runs on Python 3.7 and later.
        return environment.VersionInfo >= new Version(3, 7)
            ? new(FailureId.NotSupportedByPip, message, environment, new Remedy("upgrades pip",
                (request with
                {
                    Packages = [],
                    Requirements = [],
                    Constraints = [],
                    Editables = [],
                    Arguments = [],
                    Upgrade = true,
                    DryRun = false,
                }).ToStepIn(environment)
                    .With(ProductParameter.Package, "pip>=22.2")))
            : new(FailureId.NotSupportedByPip, message, environment, hasUv
                ? [new Remedy("asks uv",
                    (request with { Installer = PipInstaller.Uv }).ToStepIn(environment).With(ProductParameter.DryRun))]
                : []);
    }

    /// <summary>The program failed, or could not be started.</summary>
    internal static Failure Failed(PipRequest request, PipProgram program, int? exitCode, string? problem, PipOutput output,
        PipSecrets secrets)
    {
        if (exitCode is not int code)
        {
            return NotStarted(request.Environment, program.Executable, problem);
        }
        string tail = string.Join('\n', output.Tail.TakeLast(TailLines));
        bool isVerbose = program.IsUv || request.Arguments.Any(one => one is "-v" or "--verbose");
        return new(
            FailureId.PipFailed, FormattableString.Invariant($"{program} failed with exit code {code}."), request.Environment,
            isVerbose || request.Action == PipAction.Uninstall ? [] : [new Remedy("shows more",
                Redacted((request with { Arguments = [.. request.Arguments, "-v"] }).ToStepIn(request.Environment), secrets))])
        {
            Details = tail.Length == 0 ? null : tail,
        };
    }

    internal static Failure NotStarted(PythonEnvironment environment, string executable, string? problem) => new(
        FailureId.PipFailed, $"'{executable}' could not be started: {problem}.", environment, environment.IsVirtual
            ? [new Remedy("tests the environment",
                new ProductStep(ProductCommand.TestVenv).With(ProductParameter.Environment, environment.Prefix))]
            : []);

    /// <summary>Neither pip nor this program can write temporary files.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="problem">Why, as a clause.</param>
    internal static Failure NoTemporaryFolder(PythonEnvironment environment, string problem) =>
        new(FailureId.PipFailed, $"Nothing was changed in '{environment.Prefix}': {problem}.", environment);

    /// <summary>Files that a failed install left behind.</summary>
    internal static Notice LeftFiles(IReadOnlyList<string> folders, IReadOnlyList<string> files)
    {
        var steps = new List<RemedyStep>();
        if (folders.Count > 0)
        {
            steps.Add(new RemovePathStep(true, folders));
        }
        if (files.Count > 0)
        {
            steps.Add(new RemovePathStep(false, files));
        }
        return new(
            $"The failed install left files that belong to no installed package: " +
            $"{string.Join(", ", folders.Concat(files).Select(one => $"'{one}'"))}.",
            new Remedy("removes them", steps));
    }

    /// <summary>What is noted while the request runs.</summary>
    internal static InstallNote Note(PipRequest request, PipSecrets secrets)
    {
        string[] what = [.. request.Packages.Concat(request.Editables).Select(target => target.Redacted)
            .Concat(request.Requirements.Select(file => $"the requirements in {UrlCredentials.Redact(file)}"))];
        PipRequest again = request.Action == PipAction.Install
            ? request with { Arguments = [.. request.Arguments, "--force-reinstall"] } : request;
        return new(
            secrets.Redact($"{(request.Action == PipAction.Install ? "install" : "uninstall")} of {string.Join(", ", what)}"),
            Redacted(again.ToStepIn(request.Environment), secrets));
    }

    private static ProductStep Redacted(ProductStep step, PipSecrets secrets) => step with
    {
        Arguments = [.. step.Arguments.Select(one => one with { Values = [.. one.Values.Select(secrets.Redact)] })],
    };
}
