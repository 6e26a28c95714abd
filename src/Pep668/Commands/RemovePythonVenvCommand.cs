using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Completion;
using Pep668.PowerShell.Session;
using Pep668.Venvs.Activation;
using Pep668.Venvs.Removal;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Remove-PythonVenv</c>: removes a virtual environment, and nothing that is not one.</summary>
[Cmdlet(VerbsCommon.Remove, "PythonVenv", DefaultParameterSetName = ParameterSets.Environment, SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemovePythonVenvCommand : EnvironmentCommand
{
    private readonly HashSet<PythonEnvironment> _seen = [];

    /// <summary>Specifies the virtual environment: an object, the path of its folder or of its interpreter, or a
    /// name.</summary>
    // Mandatory: what is deleted is named.
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = ParameterSets.Environment)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(Completion.EnvironmentCompleter))]
    public override PSObject?[]? Environment { get; set; }

    /// <summary>Indicates that an active environment is removed too, one that pipx or uv manages, and other files in
    /// the folder of an environment.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ProcessEnvironments();

    /// <inheritdoc/>
    private protected override Outcome<PythonEnvironment> ResolveText(EnvironmentResolver resolver, string text) =>
        RemovalTarget.Resolve(resolver, text);

    /// <inheritdoc/>
    private protected override Outcome<PythonEnvironment> Explain(Machine machine, Outcome<PythonEnvironment> resolution) =>
        RemovalTarget.Explain(machine, resolution);

    /// <inheritdoc/>
    private protected override void Process(Machine machine, PythonEnvironment environment)
    {
        // Several objects can be one environment: it is removed once.
        if (!_seen.Add(environment))
        {
            return;
        }
        // The present variables, which earlier objects of the pipeline may have changed.
        Machine now = CurrentMachine();
        var functions = new GlobalFunctions(SessionState);
        ActivationStack entered = ActivationStack.OfThisSession;
        VenvActivity activity = environment.Root is not null ? VenvActivity.None
            : entered.Contains(environment.Prefix, now) ? VenvActivity.Entered
            : VenvActivation.IsNamed(environment, now) ? VenvActivity.Elsewhere
            : VenvActivity.None;
        var remover = new VenvRemover(now);
        if (Accept(remover.Prepare(environment, activity, Force)) is not VenvRemoval removal)
        {
            return;
        }
        if (activity == VenvActivity.Entered && entered.IsCoveredByScript(now, functions))
        {
            Report(ActivationMessages.Covered(environment.Prefix, now.Variable("VIRTUAL_ENV")!));
            return;
        }
        if (!ShouldProcess(environment.Prefix, RemovalMessages.Action(removal.Folder.Others)))
        {
            return;
        }
        VenvRemovalResult result = remover.Remove(removal, Stop);
        foreach (string reason in result.Reasons)
        {
            WriteVerbose(reason);
        }
        if (result.IsRemoved)
        {
            Deactivate(environment.Prefix, activity, entered, functions);
        }
        if (result.Failure is Failure failure)
        {
            Report(failure);
        }
    }

    private void Deactivate(string folder, VenvActivity activity, ActivationStack entered, GlobalFunctions functions)
    {
        if (activity == VenvActivity.Elsewhere)
        {
            Warn(RemovalMessages.StillActive(folder, ActivationStack.HasDeactivate(functions)));
        }
        foreach (ActivatedEnvironment exited in entered.ExitRemoved(folder, CurrentMachine, functions,
            path => new EnvironmentCatalog(CurrentMachine()).ReadOne(path).Environment))
        {
            string left = exited.Activation.Folder;
            if (exited.PromptStays)
            {
                Warn(ActivationMessages.PromptRemains(left, exited.Activation.Prompt));
            }
            WriteVerbose(ActivationMessages.Deactivated(left, CurrentMachine().Variable("VIRTUAL_ENV")));
        }
    }
}
