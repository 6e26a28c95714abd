using Pep668.Environments;

namespace Pep668.Pip.Applications;

/// <summary>The errors and warnings about applications.</summary>
internal static class ApplicationMessages
{
    private const int TailLines = 20;

    /// <summary>An environment without its files.</summary>
    internal static string NoEnvironment() => "Its environment has no Python.";

    /// <summary>An environment that its installer did not complete.</summary>
    internal static string NotComplete() => "Its installer has not recorded it: the install was interrupted.";

    /// <summary>An environment whose record is not what its installer wrote, or cannot be read.</summary>
    internal static string BadRecord(ApplicationRecord record) => record.State == RecordState.Damaged
        ? $"The record of its installer, '{record.Path}', is damaged."
        : $"The record of its installer, '{record.Path}', cannot be read: {record.Problem}.";

    /// <summary>The install of an application, as it was requested.</summary>
    /// <param name="package">What is installed.</param>
    /// <param name="installer">The installer that was asked for.</param>
    /// <param name="python">The Python that was asked for; null for none.</param>
    /// <param name="force">Whether an existing application is replaced.</param>
    internal static ProductStep InstallStep(
        string package, PythonApplicationInstaller installer, PythonEnvironment? python = null, bool force = false) =>
        new ProductStep(ProductCommand.InstallApplication).With(ProductParameter.Package, package)
            .WithAny(ProductParameter.Installer, installer == PythonApplicationInstaller.Auto ? [] : [installer.ToString()])
            .WithAny(ProductParameter.Python, python is null ? [] : [python.Executable]).WithSwitch(ProductParameter.Force, force);

    /// <summary>The same with the other installer.</summary>
    /// <param name="application">The install.</param>
    /// <param name="installer">The other one.</param>
    internal static Remedy With(ProductStep application, PythonApplicationInstaller installer) =>
        new($"uses {ApplicationJob.NameOf(installer)}", application.With(ProductParameter.Installer, installer.ToString()));

    /// <summary>Neither pipx nor uv is on the machine.</summary>
    /// <param name="ways">How to get one.</param>
    internal static Failure NoInstaller(IReadOnlyList<Remedy> ways) => new(
        FailureId.ApplicationInstallerNotFound, "Neither pipx nor uv was found; an application needs one of them.", "pipx", ways);

    /// <summary>The installer that was asked for is not on the machine.</summary>
    /// <param name="installer">The installer.</param>
    /// <param name="other">The same command with the other one; null if that is not on the machine either.</param>
    /// <param name="ways">How to get it.</param>
    internal static Failure InstallerMissing(PythonApplicationInstaller installer, Remedy? other, IReadOnlyList<Remedy> ways) => new(
        FailureId.ApplicationInstallerNotFound, $"{ApplicationJob.NameOf(installer)} was not found.", ApplicationJob.NameOf(installer),
        other is null ? ways : [other, .. ways]);

    /// <summary>The installer of an existing application is not on the machine any more.</summary>
    /// <param name="name">The application.</param>
    /// <param name="installer">Its installer.</param>
    /// <param name="ways">How to get it.</param>
    internal static Failure InstallerOfMissing(string name, PythonApplicationInstaller installer, IReadOnlyList<Remedy> ways) => new(
        FailureId.ApplicationInstallerNotFound, $"'{name}' was installed by {ApplicationJob.NameOf(installer)}, which was not found.", name,
        ways);

    /// <summary>A name that no application has.</summary>
    /// <param name="name">The name.</param>
    /// <param name="installer">Whose application.</param>
    /// <param name="owner">The application that has a command of this name; null if none has.</param>
    /// <param name="action">What is to be done.</param>
    internal static Failure NotInstalled(string name, PythonApplicationInstaller installer, string? owner, ApplicationAction action)
    {
        bool removes = action == ApplicationAction.Uninstall;
        return NotInstalled(name, installer, owner, removes ? "removes that application" : "updates that application",
            removes ? ProductCommand.UninstallApplication : ProductCommand.UpdateApplication);
    }

    /// <summary>The same in a list.</summary>
    /// <param name="name">The name.</param>
    /// <param name="installer">Whose application.</param>
    /// <param name="owner">The application that has a command of this name; null if none has.</param>
    internal static Failure NotListed(string name, PythonApplicationInstaller installer, string? owner) =>
        NotInstalled(name, installer, owner, "lists that application", ProductCommand.ListApplications);

    private static Failure NotInstalled(
        string name, PythonApplicationInstaller installer, string? owner, string reason, ProductCommand command)
    {
        string whose = installer == PythonApplicationInstaller.Auto ? "pipx or uv" : ApplicationJob.NameOf(installer);
        return owner is null
            ? new(FailureId.PackageNotFound, $"'{name}' is not an application of {whose}.", name,
                new Remedy("lists the applications", new ProductStep(ProductCommand.ListApplications)))
            : new(FailureId.PackageNotFound, $"'{name}' is not an application of {whose}, but a command of '{owner}'.", name,
                new Remedy(reason, new ProductStep(command).With(ProductParameter.Name, owner)));
    }

    /// <summary>An application whose environment is broken.</summary>
    internal static Failure Broken(InstalledApplication application) => new(
        FailureId.VenvBroken, $"{BrokenText(application)}.", application.Environment, Repair(application));

    /// <summary>The same for one that its installer does not remove.</summary>
    internal static Failure NotRemovable(InstalledApplication application) => new(
        FailureId.VenvBroken, $"{BrokenText(application)}; {ApplicationJob.NameOf(application.Application.Installer)} cannot remove it.",
        application.Environment, Remove(application));

    /// <summary>The same in a list.</summary>
    internal static Notice BrokenListed(InstalledApplication application) => new($"{BrokenText(application)}.", Repair(application));

    /// <summary>Credentials in what is installed: the installers accept them as arguments only.</summary>
    /// <param name="package">The package, without them.</param>
    /// <param name="installer">The installer.</param>
    internal static Failure SecretInArguments(string package, PythonApplicationInstaller installer) => new(
        FailureId.InvalidRequirement,
        $"'{package}' contains credentials, which other users could read in the arguments of {ApplicationJob.NameOf(installer)}.", package);

    /// <summary>The installer failed, or could not be started.</summary>
    /// <param name="job">What was run.</param>
    /// <param name="exitCode">Its exit code; null if it was not started.</param>
    /// <param name="problem">Why it was not started.</param>
    /// <param name="tail">The last lines of its output.</param>
    internal static Failure Failed(ApplicationJob job, int? exitCode, string? problem, IReadOnlyList<string> tail) =>
        exitCode is not int code
            ? new(FailureId.PipFailed, $"'{job.Program}' could not be started: {problem}.", job.Subject)
            : new(FailureId.PipFailed, FormattableString.Invariant($"{job.Tool} failed with exit code {code}."), job.Subject,
                More(job))
            {
                Details = Details(tail),
            };

    /// <summary>The installer reported success, and its files are as before.</summary>
    /// <param name="job">What was run.</param>
    /// <param name="tail">The last lines of its output.</param>
    internal static Failure DidNothing(ApplicationJob job, IReadOnlyList<string> tail) => new(
        FailureId.PipFailed,
        $"{job.Tool} reported success, but '{job.Subject}' {(job.Action == ApplicationAction.Uninstall ? "is still installed"
            : "is not installed")}.",
        job.Subject, More(job))
    {
        Details = Details(tail),
    };

    /// <summary>pipx does not change an application that exists.</summary>
    /// <param name="job">What was requested.</param>
    /// <param name="version">The version that is installed.</param>
    internal static Notice OtherVersion(ApplicationJob job, string version) => new(
        $"Version {version} is installed and was not replaced by '{job.Subject}'.",
        new Remedy("replaces it", job.Again.With(ProductParameter.Force)));

    /// <summary>An application that exists keeps its Python.</summary>
    /// <param name="application">The application.</param>
    /// <param name="job">What was requested.</param>
    /// <param name="python">Its Python.</param>
    internal static Notice OtherPython(InstalledApplication application, ApplicationJob job, PythonEnvironment python)
    {
        string[] installer = [application.Application.Installer.ToString()];
        return new($"'{application.Name}' still uses '{application.Environment.Executable}', not '{python.Executable}'.",
            new Remedy("installs it again with that Python",
                new ProductStep(ProductCommand.UninstallApplication).With(ProductParameter.Name, application.Name)
                    .With(ProductParameter.Installer, installer),
                job.Again.With(ProductParameter.Installer, installer).With(ProductParameter.Python, python.Executable)));
    }

    /// <summary>Other programs have the names of all commands.</summary>
    /// <param name="application">The application.</param>
    /// <param name="job">What was requested.</param>
    internal static Notice NoCommands(InstalledApplication application, ApplicationJob job) => new(
        $"No command of '{application.Name}' is available; other programs may have the same names.",
        new Remedy("replaces them", job.Again
            .With(ProductParameter.Installer, application.Application.Installer.ToString()).With(ProductParameter.Force)));

    /// <summary>A run that ended early left an incomplete environment.</summary>
    internal static Notice Incomplete(InstalledApplication application) => new(
        $"'{application.Name}' is incomplete: '{application.Environment.Prefix}' is left.",
        // It has no commands yet, and pipx 1.1 fails to uninstall it before there is a folder of commands.
        new Remedy("removes it", new RemovePathStep(true, application.Environment.Prefix)));

    /// <summary>The folder of the commands is not on PATH.</summary>
    /// <param name="name">The application.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="installer">The installer.</param>
    internal static Notice NotOnPath(string name, string folder, PythonApplicationInstaller installer) => new(
        $"'{folder}' is not on PATH; a shell does not find the commands of '{name}'.",
        new Remedy("adds it to PATH in new shells", installer == PythonApplicationInstaller.Uv
            ? new ProgramStep("uv", "tool", "update-shell") : new ProgramStep("pipx", "ensurepath")));

    /// <summary>PATH finds another program first.</summary>
    /// <param name="command">The command.</param>
    /// <param name="found">What PATH finds.</param>
    /// <param name="name">The application.</param>
    internal static Notice Hidden(string command, string found, string name) =>
        new($"PATH finds '{found}' before the command '{command}' of '{name}'.");

    /// <summary>What is done, for a confirmation and for <c>-WhatIf</c>.</summary>
    internal static string Action(ApplicationJob job)
    {
        string verb = job.Action switch
        {
            ApplicationAction.Install => "Install",
            ApplicationAction.Update => "Update",
            _ => "Uninstall",
        };
        string place = job.Action == ApplicationAction.Install ? "" : $" in '{job.Application!.Environment.Prefix}'";
        return $"{verb} {job.Subject}{place} with {job.Tool}";
    }

    // pipx keeps the requirement and injected packages; pipx repair came with 1.16 and does the same. Every command of
    // pipx fails on a damaged record (tried on 1.1). A file that cannot be read may be complete.
    private static IReadOnlyList<Remedy> Repair(InstalledApplication application) => application.Record.State switch
    {
        RecordState.Unreadable => [],
        RecordState.Damaged when application.Application.Installer == PythonApplicationInstaller.Pipx =>
            [new("removes its environment and installs it again", Folder(application), Pipx(application,
            [
                "install", .. application.Suffix.Length > 0 ? (string[])["--suffix=" + application.Suffix] : [], application.Package,
            ]))],
        _ => [new("creates its environment again", application.Application.Installer == PythonApplicationInstaller.Uv
            ? UvInstall(application) : Pipx(application, ["reinstall", application.Name]))],
    };

    // uv removes nothing without its record (tried on 0.6.14).
    private static Remedy Remove(InstalledApplication application) =>
        application.Application.Installer == PythonApplicationInstaller.Uv
            ? new("creates its environment again, then removes it", UvInstall(application),
                new ProgramStep("uv", "tool", "uninstall", application.Name))
            : new("removes its environment and its commands",
                [
                    .. application.Commands.Count == 0 ? (RemedyStep[])[]
                        : [new RemovePathStep(false, [.. application.Commands.Select(one => one.Path)])
                            { NeedsRoot = application.IsGlobal }],
                    Folder(application),
                ]);

    private static IReadOnlyList<Remedy> More(ApplicationJob job) => job.Action == ApplicationAction.Uninstall ? []
        : [new("shows more", ApplicationCommandLine.Verbose(job))];

    private static string? Details(IReadOnlyList<string> tail) =>
        tail.Count == 0 ? null : string.Join('\n', tail.TakeLast(TailLines));

    private static RemovePathStep Folder(InstalledApplication application) =>
        new(true, application.Environment.Prefix) { NeedsRoot = application.IsGlobal };

    private static ProgramStep Pipx(InstalledApplication application, string[] command) =>
        new(["pipx", command[0], .. application.IsGlobal ? (string[])["--global"] : [], .. command[1..]])
        {
            NeedsRoot = application.IsGlobal,
        };

    // uv does not upgrade what has no Python (tried on 0.6.14), and names this command. Without a record it refuses to
    // replace the commands of the application, and removes its environment.
    private static ProgramStep UvInstall(InstalledApplication application) => new(
    [
        "uv", "tool", "install", .. application.Record.State == RecordState.Complete ? (string[])[] : ["--force"], "--reinstall",
        application.Requirements is [string own, ..] ? own : application.Name,
        .. application.Requirements.Skip(1).SelectMany(one => (string[])["--with", one]),
    ]);

    private static string BrokenText(InstalledApplication application) =>
        $"'{application.Name}' is broken: {EnvironmentMessages.Clause(application.Environment.Problem!)!.TrimEnd('.')}";
}
