using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;

namespace Pep668.PowerShell.Binding;

/// <content>The values of a parameter that takes an environment.</content>
public abstract partial class Pep668Command
{
    /// <summary>The environment that was given: an object, a path, a name, a version or specifier, or an object with a
    /// property <c>Environment</c>.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="here">The resolver of the machine.</param>
    /// <param name="read">Resolves a text.</param>
    /// <param name="mayHaveOne">Whether an object's property <c>Environment</c> is used.</param>
    /// <returns>The environment, or why it was not found; and its machine.</returns>
    private protected (Machine Machine, Outcome<PythonEnvironment> Resolution) Resolve(
        PSObject? given, EnvironmentResolver here, Func<EnvironmentResolver, string, Outcome<PythonEnvironment>> read,
        bool mayHaveOne = true)
    {
        ArgumentNullException.ThrowIfNull(here);
        ArgumentNullException.ThrowIfNull(read);
        if (given is not null
            && EnvironmentObject.Resolve(given, here, CurrentMachine()) is (Machine, Outcome<PythonEnvironment>) resolved)
        {
            return resolved;
        }
        // Text, or what PowerShell made of 3.10 or 3.12.1 without quotes: the object keeps how it was typed.
        if (given is null || EnvironmentObject.IsPlain(given))
        {
            string text = given is null ? "" : LanguagePrimitives.ConvertTo<string>(given);
            // A text with a colon may be a path on one of PowerShell's drives.
            return (here.Machine,
                here.Machine.Files.Root is null && text.Contains(':', StringComparison.Ordinal) && FilePathOf(text, out _) is string path
                ? here.AtPath(path)
                : EnvironmentText.Read(text, one => read(here, one), given?.BaseObject is double,
                    one => RepeatedCommand.With(MyInvocation, one)));
        }
        return mayHaveOne && given.Properties["Environment"]?.Value is object inner
            ? Resolve(PSObject.AsPSObject(inner), here, read, mayHaveOne: false)
            : (here.Machine, EnvironmentObject.NoEnvironment(given));
    }
}
