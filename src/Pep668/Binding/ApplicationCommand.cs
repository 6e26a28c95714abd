using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Applications;
using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Binding;

/// <summary>A cmdlet that installs, updates or removes applications with pipx or uv.</summary>
public abstract class ApplicationCommand : Pep668Command
{
    /// <summary>Runs a job after a confirmation, and writes what it did.</summary>
    private protected void Run(Machine machine, Outcome<ApplicationJob> planned)
    {
        if (Accept(planned) is not ApplicationJob job || !ShouldProcess(ApplicationMessages.Action(job), job.Tool, out _))
        {
            return;
        }
        ApplicationOutcome outcome = Run(
            lines => ApplicationRun.Execute(machine, job, lines, Stop), isShown: true, program: job.Tool);
        foreach (Notice warning in outcome.Warnings)
        {
            Warn(warning);
        }
        if (outcome.Application is not null)
        {
            WriteObject(outcome.Application);
        }
        if (outcome.Failure is not null)
        {
            Report(outcome.Failure);
        }
    }

    /// <summary>The name in a text, or of an application; null after an error, which is reported.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="installer">The installer of an application; else
    /// <see cref="PythonApplicationInstaller.Auto"/>.</param>
    private protected string? NameOf(PSObject given, out PythonApplicationInstaller installer)
    {
        ArgumentNullException.ThrowIfNull(given);
        installer = PythonApplicationInstaller.Auto;
        if (EnvironmentObject.RemoteComputer(given) is string computer)
        {
            Report(ModuleMessages.Remote(TextOf(given), computer) with { Target = given });
            return null;
        }
        if (EnvironmentObject.IsPlain(given))
        {
            return TextOf(given);
        }
        if (EnvironmentObject.Text(given, nameof(PythonApplication.Name)) is not { Length: > 0 } name)
        {
            Report(ModuleMessages.NotAnApplication(given.TypeNames.FirstOrDefault() ?? "Object") with { Target = given });
            return null;
        }
        // Also the text in a file, and the number in JSON.
        if (given.Properties[nameof(PythonApplication.Installer)]?.Value is object value)
        {
            _ = Enum.TryParse(TextOf(PSObject.AsPSObject(value)), ignoreCase: true, out installer);
        }
        return name;
    }
}
