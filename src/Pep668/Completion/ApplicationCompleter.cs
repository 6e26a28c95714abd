using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Pep668.Pip.Applications;
using Pep668.PowerShell.Binding;
using Pep668.Text;

namespace Pep668.PowerShell.Completion;

/// <summary>Completes the names of the applications that pipx and uv installed.</summary>
public sealed class ApplicationCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete.Trim('\'', '"');
        return ApplicationCatalog.Read(SessionMachine.Current(fakeBoundParameters))
            .Where(one => one.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => new CompletionResult(EnvironmentCompleter.Quoted(one.Name), DisplayText.Escape(one.Name),
                CompletionResultType.ParameterValue,
                DisplayText.Escape($"{one.Name} {one.Application.Version} ({one.Application.Installer})")));
    }
}
