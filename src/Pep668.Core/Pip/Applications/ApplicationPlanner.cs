using Pep668.Distros;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;
using Pep668.Requirements;

namespace Pep668.Pip.Applications;

/// <summary>
/// Decides which program installs, updates or removes an application. What has an application already changes it; a new
/// one is installed by pipx, and by uv where pipx is missing.
/// </summary>
/// <param name="machine">The machine.</param>
internal sealed class ApplicationPlanner(Machine machine)
{
    private readonly IReadOnlyList<InstalledApplication> _applications = ApplicationCatalog.Read(machine);

    /// <summary>The install of an application.</summary>
    /// <param name="text">A requirement, the path of a project or of an archive, or a URL.</param>
    /// <param name="installer">Which program installs it.</param>
    /// <param name="python">Its Python; null for the one that the installer uses.</param>
    /// <param name="force">Whether an existing application is replaced.</param>
    internal Outcome<ApplicationJob> Install(string text, PythonApplicationInstaller installer, PythonEnvironment? python, bool force)
    {
        if (!PipTarget.TryParse(text, machine, out PipTarget? package, out RequirementProblem? problem))
        {
            string? corrected = PipTarget.Correct(text, problem, machine);
            return RequestMessages.InvalidRequirement(
                text, problem, corrected, ApplicationMessages.InstallStep(corrected ?? text, installer, python, force));
        }
        InstalledApplication? existing = package.Name is not string name ? null
            : ApplicationCatalog.Named(_applications, name, installer) is [InstalledApplication first, ..] ? first : null;
        PythonApplicationInstaller chosen = existing?.Application.Installer ?? installer;
        if (chosen == PythonApplicationInstaller.Auto)
        {
            chosen = ApplicationJob.Find(machine, PythonApplicationInstaller.Pipx) is null
                && ApplicationJob.Find(machine, PythonApplicationInstaller.Uv) is not null
                ? PythonApplicationInstaller.Uv : PythonApplicationInstaller.Pipx;
        }
        if (PipSecrets.IsIn(package.Text))
        {
            return ApplicationMessages.SecretInArguments(package.Redacted, chosen);
        }
        // pipx leaves a broken environment as it is and reports success, or with --force, fails. uv creates it again.
        if (existing is { Environment.Health: EnvironmentHealth.Broken } && chosen == PythonApplicationInstaller.Pipx)
        {
            return ApplicationMessages.Broken(existing);
        }
        return ApplicationJob.Find(machine, chosen) is not string program
            ? NoInstaller(installer, existing, chosen, ApplicationMessages.InstallStep(package.Text, installer, python, force))
            : new ApplicationJob(ApplicationAction.Install, chosen, program)
            {
                Package = package, Application = existing, Python = python, Force = force, Asked = installer,
            };
    }

    /// <summary>The update or removal of the applications of a name; both, if pipx and uv have one.</summary>
    /// <param name="action">What is done.</param>
    /// <param name="name">The name.</param>
    /// <param name="installer">Whose application.</param>
    internal IReadOnlyList<Outcome<ApplicationJob>> Change(ApplicationAction action, string name, PythonApplicationInstaller installer)
    {
        IReadOnlyList<InstalledApplication> found = ApplicationCatalog.Named(_applications, name, installer);
        return found.Count > 0 ? [.. found.Select(one => Change(action, one))]
            : [ApplicationMessages.NotInstalled(name, installer, ApplicationCatalog.OwnerOf(_applications, name), action)];
    }

    /// <summary>The update or removal of all applications.</summary>
    internal IReadOnlyList<Outcome<ApplicationJob>> ChangeAll(ApplicationAction action, PythonApplicationInstaller installer) =>
    [
        .. _applications.Where(one => installer == PythonApplicationInstaller.Auto || one.Application.Installer == installer)
            .Select(one => Change(action, one)),
    ];

    private Outcome<ApplicationJob> Change(ApplicationAction action, InstalledApplication application)
    {
        PythonApplicationInstaller installer = application.Application.Installer;
        // Neither of them removes or upgrades what it has no record of, except what was interrupted, nor upgrades what
        // has no Python.
        return action == ApplicationAction.Uninstall && application.Record.State is RecordState.Damaged or RecordState.Unreadable
                ? ApplicationMessages.NotRemovable(application)
            : action == ApplicationAction.Update && application.Environment.Health == EnvironmentHealth.Broken
                ? ApplicationMessages.Broken(application)
            : ApplicationJob.Find(machine, installer) is string program
                ? new ApplicationJob(action, installer, program) { Application = application }
            : NoInstaller(installer, application, installer, null);
    }

    private Failure NoInstaller(
        PythonApplicationInstaller asked, InstalledApplication? existing, PythonApplicationInstaller needed, ProductStep? install)
    {
        PythonApplicationInstaller other = needed == PythonApplicationInstaller.Uv ? PythonApplicationInstaller.Pipx
            : PythonApplicationInstaller.Uv;
        bool hasOther = ApplicationJob.Find(machine, other) is not null;
        IReadOnlyList<Remedy> ways = needed == PythonApplicationInstaller.Uv ? ApplicationInstallers.Uv(machine)
            : ApplicationInstallers.Pipx(machine);
        return existing is not null && asked == PythonApplicationInstaller.Auto || install is null
            ? ApplicationMessages.InstallerOfMissing(existing!.Name, needed, ways)
            : asked == PythonApplicationInstaller.Auto ? ApplicationMessages.NoInstaller(ways)
            : ApplicationMessages.InstallerMissing(needed, hasOther ? ApplicationMessages.With(install, other) : null, ways);
    }
}
