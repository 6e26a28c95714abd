namespace Pep668.PowerShell.Binding;

/// <summary>What a text means that names an environment: PowerShell may have read it as a number before.</summary>
internal static class EnvironmentText
{
    /// <summary>Resolves it. A bare 3.10 in a list, or from an expression, arrives as the number 3.1: that is
    /// explained.</summary>
    /// <param name="text">The text, or the number as a text.</param>
    /// <param name="resolve">What a text means.</param>
    /// <param name="isNumber">Whether PowerShell made a number of it.</param>
    /// <param name="cmdlet">The name of the cmdlet, for the recommended command.</param>
    internal static Outcome<PythonEnvironment> Read(
        string text, Func<string, Outcome<PythonEnvironment>> resolve, bool isNumber, string cmdlet)
    {
        Outcome<PythonEnvironment> resolution = resolve(text);
        if (!isNumber || resolution.Failure is not { Id: FailureId.PythonNotFound } failure || resolve(text + "0").OrNull() is null)
        {
            return resolution;
        }
        Outcome<PythonEnvironment> explained = failure with
        {
            Message = $"{failure.Message} To PowerShell {text}0 is the number {text}: put it in quotes.",
            Remedies = [$"{cmdlet} '{text}0'"],
        };
        return explained with { Notices = resolution.Notices, Reasons = resolution.Reasons };
    }
}
