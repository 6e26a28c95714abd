using System.Management.Automation;

namespace Pep668.PowerShell.Session;

/// <summary>The functions of a session's global scope.</summary>
internal sealed class GlobalFunctions(SessionState session)
{
    /// <summary>A function's very script block; null if no function has that name.</summary>
    // As $function:global:name: Item.Get finds no advanced function by its scope, and Item.Set would obey -WhatIf and
    // tell -Verbose of itself.
    internal ScriptBlock? Find(string name) => session.PSVariable.GetValue(VariableOf(name)) switch
    {
        PSObject wrapped => wrapped.BaseObject as ScriptBlock,
        object value => value as ScriptBlock,
        null => null,
    };

    /// <summary>Defines a function anew; null removes it.</summary>
    /// <returns>Whether it could be: one that is constant or read-only cannot.</returns>
    internal bool Set(string name, ScriptBlock? body)
    {
        try
        {
            // To remove one under the name with its scope does nothing, and Item.Remove would obey -WhatIf as well.
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
