using System.Management.Automation;

namespace Pep668.PowerShell.Session;

/// <summary>The functions of a session's global scope.</summary>
internal sealed class GlobalFunctions(SessionState session)
{
    /// <summary>The script block of a function; null if no function has that name.</summary>
    // As $function:global:name: Item.Get does not find an advanced function by its scope, and Item.Set obeys -WhatIf
    // and writes to -Verbose.
    internal ScriptBlock? Find(string name) => session.PSVariable.GetValue(VariableOf(name)) switch
    {
        PSObject wrapped => wrapped.BaseObject as ScriptBlock,
        object value => value as ScriptBlock,
        null => null,
    };

    /// <summary>Defines or replaces a function; null removes it.</summary>
    /// <returns>Whether that was possible; it is not for a constant or read-only function.</returns>
    internal bool Set(string name, ScriptBlock? body)
    {
        try
        {
            // Removing it by the name with its scope does nothing, and Item.Remove obeys -WhatIf.
            session.PSVariable.Set(body is null ? $"function:{name}" : VariableOf(name), body);
            return true;
        }
        catch (RuntimeException failure) when (failure is SessionStateException or ProviderInvocationException)
        {
            return false;
        }
    }

    private static string VariableOf(string name) => $"function:global:{name}";
}
