using System.Collections;
using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Binding;

/// <summary>
/// Resolves an object that represents an environment: its facts are read again from its interpreter. Objects from
/// another machine and of other types are refused. Text is resolved elsewhere.
/// </summary>
internal static class EnvironmentObject
{
    /// <summary>Resolves an object; null if it is text, a number or an object of another type.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="here">The resolver of the machine.</param>
    /// <param name="host">This machine.</param>
    internal static (Machine Machine, Outcome<PythonEnvironment> Resolution)? Resolve(PSObject given, EnvironmentResolver here,
        Machine host)
    {
        if (given.Properties["PSComputerName"]?.Value is object computer
            && !string.Equals(computer.ToString(), "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return (here.Machine,
                ModuleMessages.Remote(LanguagePrimitives.ConvertTo<string>(given), computer.ToString() ?? "") with { Target = given });
        }
        switch (given.BaseObject)
        {
            case PythonEnvironment environment:
                return ReadAgain(here, host, environment.Executable, environment.Root);
            case FileSystemInfo item:
                return (here.Machine, here.AtPath(item.FullName));
            case PathInfo path:
                return (here.Machine, here.AtPath(path.ProviderPath));
            case IDictionary:
                return (here.Machine, NoEnvironment(given));
        }
        return given.TypeNames.Contains("Deserialized." + typeof(PythonEnvironment).FullName)
            && given.Properties[nameof(PythonEnvironment.Executable)]?.Value is string executable
            ? ReadAgain(here, host, executable, given.Properties[nameof(PythonEnvironment.Root)]?.Value as string)
            : null;
    }

    /// <summary>Whether it is a text, a number or another plain value.</summary>
    internal static bool IsPlain(PSObject given) =>
        given.BaseObject is string or Version || Type.GetTypeCode(given.BaseObject.GetType()) is not (TypeCode.Object or TypeCode.DBNull);

    /// <summary>The refusal of an object that is not an environment.</summary>
    internal static Failure NoEnvironment(PSObject given) =>
        ModuleMessages.NotAnEnvironment(given.TypeNames.FirstOrDefault() ?? "Object") with { Target = given };

    private static (Machine, Outcome<PythonEnvironment>) ReadAgain(
        EnvironmentResolver here, Machine host, string executable, string? root)
    {
        EnvironmentResolver there = string.Equals(root, here.Machine.Files.Root, StringComparison.Ordinal)
            ? here
            : here.On(root is null ? host : Machine.Under(root));
        return (there.Machine, there.AtPath(there.Machine.Absolute(executable)));
    }
}
