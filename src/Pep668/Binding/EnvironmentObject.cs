using System.Collections;
using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;

namespace Pep668.PowerShell.Binding;

/// <summary>
/// What an object that stands for an environment means: its facts are read again from its interpreter, where that is.
/// Objects from another machine and look-alikes are refused. Text is not judged here.
/// </summary>
internal static class EnvironmentObject
{
    /// <summary>Resolves an object; null when it is text, a number or something else that this rule says nothing
    /// of.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="here">Resolves on the machine that is looked at.</param>
    /// <param name="host">This machine.</param>
    internal static (Machine Machine, Outcome<PythonEnvironment> Resolution)? Resolve(PSObject given, EnvironmentResolver here,
        Machine host)
    {
        if (given.Properties["PSComputerName"]?.Value is object computer
            && !string.Equals(computer.ToString(), "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return Refused(here, FailureId.RemoteEnvironment, $"'{given}' is on {computer}, and what is there cannot be judged from here.",
                given,
                $"Invoke-Command -ComputerName {computer} -ScriptBlock {{ Get-PythonEnvironment }}");
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
                return Refused(here, FailureId.EnvironmentNotFound, "A hash table is not an environment, whatever it says.", given,
                    "Get-PythonEnvironment");
        }
        return given.TypeNames.Contains("Deserialized." + typeof(PythonEnvironment).FullName)
            && given.Properties[nameof(PythonEnvironment.Executable)]?.Value is string executable
            ? ReadAgain(here, host, executable, given.Properties[nameof(PythonEnvironment.Root)]?.Value as string)
            : null;
    }

    /// <summary>Whether PowerShell has it as a text, a number or another plain value.</summary>
    internal static bool IsPlain(PSObject given) =>
        given.BaseObject is string or Version || Type.GetTypeCode(given.BaseObject.GetType()) is not (TypeCode.Object or TypeCode.DBNull);

    /// <summary>The refusal of an object that is not an environment.</summary>
    internal static Failure NoEnvironment(PSObject given) => new(
        FailureId.EnvironmentNotFound, $"An object of type {given.TypeNames.FirstOrDefault()} is not an environment.", given,
        "Get-PythonEnvironment");

    private static (Machine, Outcome<PythonEnvironment>) ReadAgain(
        EnvironmentResolver here, Machine host, string executable, string? root)
    {
        EnvironmentResolver there = string.Equals(root, here.Machine.Files.Root, StringComparison.Ordinal)
            ? here
            : here.On(root is null ? host : Machine.Under(root));
        return (there.Machine, there.AtPath(there.Machine.Absolute(executable)));
    }

    private static (Machine, Outcome<PythonEnvironment>) Refused(
        EnvironmentResolver here, FailureId id, string message, PSObject target, string action) =>
        (here.Machine, new Failure(id, message, target, action));
}
