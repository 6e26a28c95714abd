using System.Management.Automation;
using Pep668.Text;

namespace Pep668.PowerShell.Session;

/// <summary>The prompt of an activated environment: its name in green, as <c>Activate.ps1</c> writes it, then the
/// previous prompt.</summary>
internal static class SessionPrompt
{
    /// <summary>The function that returns the prompt of a shell.</summary>
    internal const string Name = "prompt";

    // The name under which activation scripts keep the prompt they wrap (venv, virtualenv, uv).
    private const string KeptByScript = "_OLD_VIRTUAL_PROMPT";

    // The wrapped prompt must see the result of the last command in $?, which Write-Host would set to success.
    private const string Wrapper = """
        $pep668Succeeded = $?
        Write-Host -NoNewline -ForegroundColor Green $pep668Prefix
        if ($null -ne $pep668Inner) {
            if (-not $pep668Succeeded) { Write-Error '' -ErrorAction Ignore }
            & $pep668Inner
        }
        """;

    /// <summary>A prompt with a prefix.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="inner">The prompt; null if it is missing.</param>
    internal static ScriptBlock Wrap(string prefix, ScriptBlock? inner)
    {
        var closure = new PSModuleInfo(linkToGlobal: true);
        closure.SessionState.PSVariable.Set("pep668Prefix", DisplayText.Escape(prefix));
        closure.SessionState.PSVariable.Set("pep668Inner", inner);
        return closure.NewBoundScriptBlock(ScriptBlock.Create(Wrapper));
    }

    /// <summary>The prompt that an activation script has replaced; the prompt itself if no such script has
    /// run.</summary>
    internal static ScriptBlock? BelowScript(GlobalFunctions functions, ScriptBlock? prompt) =>
        prompt is not null && prompt.ToString().Contains(KeptByScript, StringComparison.OrdinalIgnoreCase)
            && functions.Find(KeptByScript) is ScriptBlock kept ? kept : prompt;
}
