using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Pep668.Discovery;
using Pep668.Machines;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Completion;

/// <summary>Completes the versions of the Pythons on this machine, each as its first two numbers and in full.</summary>
public sealed class VersionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete.Trim('\'', '"');
        return new EnvironmentCatalog(SessionMachine.Current(fakeBoundParameters)).All
            .OrderByDescending(one => one.VersionInfo)
            .SelectMany(one => one.VersionInfo is Version numbers ? (string[])[numbers.ToString(2), one.Version!] : [])
            .Distinct(StringComparer.Ordinal)
            .Where(text => text.StartsWith(typed, StringComparison.Ordinal))
            .Select(text => new CompletionResult(text, text, CompletionResultType.ParameterValue, "Python " + text));
    }
}
