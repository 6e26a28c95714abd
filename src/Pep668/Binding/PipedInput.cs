using System.Collections;
using System.Management.Automation;
using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Binding;

/// <summary>What one object of the pipeline is for a cmdlet that installs or removes packages: an environment, a
/// package, or neither.</summary>
internal sealed record PipedInput
{
    private PipedInput()
    {
    }

    /// <summary>The environment; null if it is a package.</summary>
    internal PSObject? Environment { get; private init; }

    /// <summary>The environment that a result is about; null if the object has none.</summary>
    internal PSObject? OwnEnvironment { get; private init; }

    /// <summary>A requirement, a path or a URL; null if it is something else.</summary>
    internal string? Requirement { get; private init; }

    /// <summary>The name of an installed package, whose version is <see cref="Version"/>; null if it is something
    /// else.</summary>
    internal string? Name { get; private init; }

    /// <summary>The version of the package; null if the object has none.</summary>
    internal string? Version { get; private init; }

    /// <summary>Why it cannot be used; null if it can.</summary>
    internal Failure? Failure { get; private init; }

    /// <summary>Reads one object.</summary>
    /// <param name="given">The object.</param>
    /// <param name="hasPackages">Whether the packages are given as parameters: a text is then an environment.</param>
    internal static PipedInput Read(PSObject? given, bool hasPackages)
    {
        if (given is not null && EnvironmentObject.RemoteComputer(given) is string computer)
        {
            return new() { Failure = ModuleMessages.Remote(LanguagePrimitives.ConvertTo<string>(given), computer) with { Target = given } };
        }
        if (given is not null && EnvironmentObject.PathOf(given) is string path && Pep668Command.IsUndecoded(path))
        {
            return new() { Failure = ModuleMessages.Undecoded(path) };
        }
        if (given is null || EnvironmentObject.IsPlain(given))
        {
            return hasPackages ? new() { Environment = given ?? new PSObject("") } : new() { Requirement = Pep668Command.TextOf(given) };
        }
        return given.BaseObject switch
        {
            FileSystemInfo item => hasPackages ? new() { Environment = given } : new() { Requirement = item.FullName },
            PathInfo location => hasPackages ? new() { Environment = given } : new() { Requirement = location.ProviderPath },
            CommandInfo => new() { Environment = given },
            IDictionary => Refused(given),
            _ when EnvironmentObject.HasPath(given) => new() { Environment = given },
            PipInstallResult or PythonPackage or PSCustomObject when EnvironmentObject.Text(given, nameof(Name)) is { Length: > 0 } name =>
                new()
                {
                    Name = name,
                    Version = EnvironmentObject.Text(given, nameof(Version)) is { Length: > 0 } version ? version : null,
                    OwnEnvironment = given.Properties[nameof(Environment)]?.Value is object own ? PSObject.AsPSObject(own) : null,
                },
            _ => Refused(given),
        };
    }

    private static PipedInput Refused(PSObject given) =>
        new() { Failure = ModuleMessages.NotInstallable(given.TypeNames.FirstOrDefault() ?? "Object") with { Target = given } };
}
