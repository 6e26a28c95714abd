using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Binding;

/// <summary>Resolves a text that names an environment. PowerShell may have read it as a number.</summary>
internal static class EnvironmentText
{
    /// <summary>Resolves it. A 3.10 without quotes in a list, or from an expression, is passed as the number 3.1; the
    /// error explains it.</summary>
    /// <param name="text">The text, or the number as a text.</param>
    /// <param name="resolve">Resolves a text.</param>
    /// <param name="isNumber">Whether PowerShell passed a number.</param>
    /// <param name="again">The command with the version as text; null if a remedy cannot express it.</param>
    internal static Outcome<PythonEnvironment> Read(
        string text, Func<string, Outcome<PythonEnvironment>> resolve, bool isNumber, Func<string, ProductStep?> again)
    {
        Outcome<PythonEnvironment> resolution = resolve(text);
        if (!isNumber || resolution.Failure is not { Id: FailureId.PythonNotFound } || resolve(text + "0").OrNull() is null)
        {
            return resolution;
        }
        Outcome<PythonEnvironment> explained = ModuleMessages.ReadAsNumber(text, again(text + "0"));
        return explained with { Notices = resolution.Notices, Reasons = resolution.Reasons };
    }
}
