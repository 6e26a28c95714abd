using System.Management.Automation;

namespace Pep668.PowerShell.Session;

/// <summary>The functions of a session's global scope.</summary>
internal sealed class GlobalFunctions(SessionState session)
{
    /// <summary>A function's very script block; null when there is none of that name.</summary>
    internal ScriptBlock? Find(string name)
    {
        string[] path = [PathOf(name)];
        return session.InvokeProvider.Item.Exists(path[0], force: true, literalPath: true)
            ? session.InvokeProvider.Item.Get(path, force: true, literalPath: true).Select(item => (item.BaseObject as FunctionInfo)?.ScriptBlock).FirstOrDefault()
            : null;
    }

    /// <summary>Defines a function anew; null removes it.</summary>
    /// <returns>Whether it could be: a constant one cannot.</returns>
    internal bool Set(string name, ScriptBlock? body)
    {
        string[] path = [PathOf(name)];
        try
        {
            if (body is not null)
            {
                session.InvokeProvider.Item.Set(path, body, force: true, literalPath: true);
            }
            else if (session.InvokeProvider.Item.Exists(path[0], force: true, literalPath: true))
            {
                session.InvokeProvider.Item.Remove(path, recurse: false, force: true, literalPath: true);
            }
            return true;
        }
        catch (SessionStateException)
        {
            return false;
        }
    }

    private static string PathOf(string name) => $"Microsoft.PowerShell.Core\\Function::global:{name}";
}
