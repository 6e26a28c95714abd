using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Pep668.Discovery;
using Pep668.Machines;

namespace Pep668.PowerShell.Completion;

/// <summary>Completes environments by name; paths are completed by PowerShell itself.</summary>
public sealed class EnvironmentCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete.Trim('\'', '"');
        foreach (PythonEnvironment environment in new EnvironmentCatalog(Machine.Current()).All)
        {
            if (environment.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            {
                yield return new CompletionResult(
                    Quoted(environment.Name), environment.Name, CompletionResultType.ParameterValue, $"{environment.Version} {environment.Executable}");
            }
        }
    }

    internal static string Quoted(string text) =>
        text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_') ? text : "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
