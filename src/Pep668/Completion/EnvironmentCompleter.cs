using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Pep668.Discovery;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.Shells;
using Pep668.Text;

namespace Pep668.PowerShell.Completion;

/// <summary>Completes the names of environments, and paths as PowerShell does if no name matches.</summary>
public sealed class EnvironmentCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete.Trim('\'', '"');
        CompletionResult[] names =
        [
            .. new EnvironmentCatalog(SessionMachine.Current(fakeBoundParameters)).All
                .Where(environment => environment.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .Select(environment => new CompletionResult(
                    Quoted(environment.Name), DisplayText.Escape(environment.Name), CompletionResultType.ParameterValue,
                    DisplayText.Escape($"{environment.Version} {environment.Executable}")))
        ];
        // A completer replaces PowerShell's own, even if it has no results.
        return names.Length > 0 ? names : CompletionCompleters.CompleteFilename(wordToComplete);
    }

    internal static string Quoted(string text) =>
        text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')
            ? text : PowerShellRenderer.Instance.Quote(text);
}
