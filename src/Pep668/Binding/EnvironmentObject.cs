using System.Collections;
using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.PowerShell.Errors;
using Pep668.PowerShell.Formatting;

namespace Pep668.PowerShell.Binding;

/// <summary>
/// Resolves an object that represents an environment. The object is only a path: its facts are read again from its
/// interpreter. Objects from another machine, hash tables and objects without a path are refused. Text is resolved
/// elsewhere.
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
        if (RemoteComputer(given) is string computer)
        {
            return (here.Machine, ModuleMessages.Remote(LanguagePrimitives.ConvertTo<string>(given), computer) with { Target = given });
        }
        if (PathOf(given) is string path && Pep668Command.IsUndecoded(path))
        {
            return (here.Machine, ModuleMessages.Undecoded(path));
        }
        return given.BaseObject switch
        {
            FileSystemInfo item => (here.Machine, here.AtPath(item.FullName)),
            PathInfo location => (here.Machine, here.AtPath(location.ProviderPath)),
            ApplicationInfo application => (here.Machine, here.OfCommand(application.Path)),
            AliasInfo { ResolvedCommand: ApplicationInfo application } => (here.Machine, here.OfCommand(application.Path)),
            IDictionary => (here.Machine, NoEnvironment(given)),
            _ when IsPlain(given) => null,
            _ => Text(given, nameof(PythonEnvironment.Executable)) is { Length: > 0 } executable
                ? ReadAgain(given, here, host, executable, Text(given, nameof(PythonEnvironment.Prefix)))
                : Text(given, nameof(PythonEnvironment.Prefix)) is { Length: > 0 } prefix ? ReadAgain(given, here, host, prefix, null)
                : null,
        };
    }

    /// <summary>The other computer that an object is from; null if it is from this one.</summary>
    internal static string? RemoteComputer(PSObject given) =>
        given.Properties["PSComputerName"]?.Value?.ToString() is { Length: > 0 } computer
        && !string.Equals(computer, "localhost", StringComparison.OrdinalIgnoreCase)
            ? computer
            : null;

    /// <summary>Whether it is a text, a number or another plain value.</summary>
    internal static bool IsPlain(PSObject given) =>
        given.BaseObject is string or Version or PythonVersion
        || Type.GetTypeCode(given.BaseObject.GetType()) is not (TypeCode.Object or TypeCode.DBNull);

    /// <summary>Whether it has the path of an environment as text.</summary>
    internal static bool HasPath(PSObject given) => Text(given, nameof(PythonEnvironment.Executable)) is { Length: > 0 }
        || Text(given, nameof(PythonEnvironment.Prefix)) is { Length: > 0 };

    /// <summary>The value of a property that is a text; null if there is no such property, or it is something
    /// else.</summary>
    internal static string? Text(PSObject given, string property) => given.Properties[property]?.Value switch
    {
        string text => text,
        PSObject { BaseObject: string text } => text,
        _ => null,
    };

    /// <summary>The refusal of an object that is not an environment.</summary>
    internal static Failure NoEnvironment(PSObject given) =>
        ModuleMessages.NotAnEnvironment(given.TypeNames.FirstOrDefault() ?? "Object") with { Target = given };

    /// <summary>The text that an object would be as a path, or its paths.</summary>
    internal static string? PathOf(PSObject given) => given.BaseObject switch
    {
        string text => text,
        FileSystemInfo item => item.FullName,
        PathInfo location => location.ProviderPath,
        ApplicationInfo application => application.Path,
        AliasInfo { ResolvedCommand: ApplicationInfo application } => application.Path,
        IDictionary => null,
        _ => Text(given, nameof(PythonEnvironment.Executable)) + Text(given, nameof(PythonEnvironment.Prefix))
            + Text(given, nameof(PythonEnvironment.Root)),
    };

    private static (Machine, Outcome<PythonEnvironment>) ReadAgain(
        PSObject given, EnvironmentResolver here, Machine host, string path, string? prefix)
    {
        // In a CSV file no root is an empty text.
        string? root = given.Properties[nameof(PythonEnvironment.Root)] is null ? here.Machine.Files.Root
            : Text(given, nameof(PythonEnvironment.Root)) is { Length: > 0 } recorded ? recorded
            : null;
        if (string.Equals(root, here.Machine.Files.Root, StringComparison.Ordinal))
        {
            return (here.Machine, At(here, path, prefix));
        }
        if (root is not null && !FileTree.Host.IsDirectory(root))
        {
            return (here.Machine, EnvironmentMessages.NoRoot(root, FileTree.Host.Stat(root).Kind != FileKind.Missing));
        }
        EnvironmentResolver there = here.On(root is null ? host : Machine.Under(root));
        return (there.Machine, At(there, path, prefix));
    }

    private static Outcome<PythonEnvironment> At(EnvironmentResolver there, string path, string? prefix)
    {
        Outcome<PythonEnvironment> resolution = there.AtPath(there.Machine.Absolute(path));
        // The interpreter of a damaged environment may be missing. Another base environment may have taken the prefix.
        return resolution.Failure is not null && prefix is { Length: > 0 }
            && there.AtPath(there.Machine.Absolute(prefix)) is var atPrefix && atPrefix.OrNull() is { IsVirtual: true }
            ? atPrefix
            : resolution;
    }
}
