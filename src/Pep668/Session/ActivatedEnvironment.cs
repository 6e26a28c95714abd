using System.Management.Automation;
using Pep668.Venvs.Activation;

namespace Pep668.PowerShell.Session;

/// <summary>An environment that was entered, and the functions it found and made.</summary>
/// <param name="Activation">What it changed in variables.</param>
internal sealed record ActivatedEnvironment(VenvActivation Activation)
{
    /// <summary>The prompt it defined; null when it left the prompt alone.</summary>
    internal ScriptBlock? Prompt { get; init; }

    /// <summary>The prompt it found; null when there was none.</summary>
    internal ScriptBlock? PromptBefore { get; init; }

    /// <summary>The prompt that is shown after its name.</summary>
    internal ScriptBlock? PromptInside { get; init; }

    /// <summary>The <c>deactivate</c> it defined; null when one was there.</summary>
    internal ScriptBlock? Deactivate { get; init; }

    /// <summary>The <c>deactivate</c> that stands since it was entered, its own or another's.</summary>
    internal ScriptBlock? DeactivateNow { get; init; }

    /// <summary>Whether, after it was left, its prompt is still there, since that function has become constant or
    /// read-only.</summary>
    internal bool PromptStays { get; init; }
}
