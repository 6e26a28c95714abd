using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>The ways in which a package can conflict with the distribution's packages, or with another one.</summary>
public enum PythonPackageConflictKind
{
    /// <summary>A package that pip installed is found before the distribution's.</summary>
    Shadowed,

    /// <summary>A file of a distro package was changed: its digest differs from the recorded one.</summary>
    Overwritten,

    /// <summary>A file of a distro package is missing.</summary>
    Missing,

    /// <summary>Files of a package are missing, but its metadata remains.</summary>
    PartlyRemoved,

    /// <summary>The marker that a distro package contains was removed.</summary>
    MarkerRemoved,

    /// <summary>The marker was given another name, which the package manager keeps when it upgrades the
    /// package.</summary>
    MarkerDiverted,

    /// <summary>A folder contains the metadata of one package twice.</summary>
    DuplicateMetadata,

    /// <summary>A folder contains metadata without a package.</summary>
    PhantomMetadata,

    /// <summary>System tools import a package from the folder of a user.</summary>
    UserSite,

    /// <summary>A home folder contains packages of root, which <c>sudo pip</c> left there.</summary>
    RootOwned,

    /// <summary>Modules belong to no package: a failed install left them.</summary>
    Orphaned,

    /// <summary>A package was installed for a Python that is not installed any more.</summary>
    LeftBehind,
}

/// <summary>What a past install has broken, or what a future one would break.</summary>
public sealed record PythonPackageConflict
{
    internal PythonPackageConflict()
    {
    }

    /// <summary>What is wrong.</summary>
    public PythonPackageConflictKind Kind { get; internal init; }

    /// <summary>The name of the distribution, as in its metadata; null if it is not known.</summary>
    public string? Distribution { get; internal init; }

    /// <summary>Its version; null if it is not known.</summary>
    public string? Version { get; internal init; }

    /// <summary>The folder or file that is wrong.</summary>
    public string Location { get; internal init; } = "";

    /// <summary>Every file or folder that is wrong, if there are several; else empty.</summary>
    public IReadOnlyList<string> Paths { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>The distro package that is affected; null if none is.</summary>
    public string? DistroPackage { get; internal init; }

    /// <summary>The version of the distro package.</summary>
    public string? DistroVersion { get; internal init; }

    /// <summary>The installed distro packages that need <see cref="DistroPackage"/>, by name.</summary>
    public IReadOnlyList<string> Dependents { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>The ways to repair it, the best first.</summary>
    public IReadOnlyList<Remedy> Remedies { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>The environment; null if it belongs to none.</summary>
    [JsonConverter(typeof(EnvironmentPathConverter))]
    public PythonEnvironment? Environment { get; internal init; }

    /// <summary>The kind and the distribution, or the place.</summary>
    public override string ToString() => $"{Kind} {Distribution ?? Location}";
}
