using System.Management.Automation;
using Pep668.Venvs.Activation;

namespace Pep668.PowerShell.Session;

/// <summary>An environment that was entered, and the session's functions before and after that.</summary>
/// <param name="Activation">What it changed in variables.</param>
internal sealed record ActivatedEnvironment(VenvActivation Activation)
{
    /// <summary>The prompt that it defined; null if it did not change the prompt.</summary>
    internal ScriptBlock? Prompt { get; init; }

    /// <summary>The prompt before; null if the session had none.</summary>
    internal ScriptBlock? PromptBefore { get; init; }

    /// <summary>The prompt that is shown after its name.</summary>
    internal ScriptBlock? PromptInside { get; init; }

    /// <summary>The <c>deactivate</c> that it defined; null if one existed.</summary>
    internal ScriptBlock? Deactivate { get; init; }

    /// <summary>The <c>deactivate</c> of the session after it was entered, its own or another one.</summary>
    internal ScriptBlock? DeactivateNow { get; init; }

    /// <summary>Whether its prompt remains after it was deactivated, because that function has become constant or
    /// read-only.</summary>
    internal bool PromptStays { get; init; }
}
