using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;

namespace Pep668.PowerShell.Binding;

/// <content>What a parameter that takes an environment may be given.</content>
public abstract partial class Pep668Command
{
    /// <summary>The environment that was given: an object, a path, a name, a version or specifier, or an object that
    /// has one.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="here">Resolves on the machine that is looked at.</param>
    /// <param name="read">What a text means.</param>
    /// <param name="mayHaveOne">Whether an object's property <c>Environment</c> counts.</param>
    /// <returns>The environment, or why it is missing; and the machine it is on.</returns>
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
        // Text, and what PowerShell made of a bare 3.10 or 3.12.1: the object still knows how it was typed.
        if (given is null || EnvironmentObject.IsPlain(given))
        {
            string text = given is null ? "" : LanguagePrimitives.ConvertTo<string>(given);
            // What has a colon may be on one of PowerShell's drives.
            return (here.Machine,
                here.Machine.Files.Root is null && text.Contains(':', StringComparison.Ordinal) && FilePathOf(text, out _) is string path
                ? here.AtPath(path)
                : EnvironmentText.Read(text, one => read(here, one), given?.BaseObject is double, MyInvocation.MyCommand.Name));
        }
        return mayHaveOne && given.Properties["Environment"]?.Value is object inner
            ? Resolve(PSObject.AsPSObject(inner), here, read, mayHaveOne: false)
            : (here.Machine, EnvironmentObject.NoEnvironment(given));
    }
}
