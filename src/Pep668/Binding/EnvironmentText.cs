using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Binding;

/// <summary>Resolves a text that names environments. PowerShell may have read it as a number.</summary>
internal static class EnvironmentText
{
    /// <summary>Resolves it. A 3.10 without quotes in a list, or from an expression, is passed as the number 3.1; the
    /// error explains it.</summary>
    /// <typeparam name="T">One environment, or a list of them.</typeparam>
    /// <param name="text">The text, or the number as a text.</param>
    /// <param name="resolve">Resolves a text.</param>
    /// <param name="isNumber">Whether PowerShell passed a number.</param>
    /// <param name="again">The command with the version as text; null if a remedy cannot express it.</param>
    internal static Outcome<T> Read<T>(string text, Func<string, Outcome<T>> resolve, bool isNumber, Func<string, ProductStep?> again)
        where T : class
    {
        Outcome<T> resolution = resolve(text);
        if (!isNumber || resolution.Failure is not { Id: FailureId.PythonNotFound } || resolve(text + "0").OrNull() is null)
        {
            return resolution;
        }
        Outcome<T> explained = ModuleMessages.ReadAsNumber(text, again(text + "0"));
        return explained with { Notices = resolution.Notices, Reasons = resolution.Reasons };
    }
}
