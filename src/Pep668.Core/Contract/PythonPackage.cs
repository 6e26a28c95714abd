using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>A distribution that an environment can import from, as its metadata describes it.</summary>
public sealed record PythonPackage
{
    internal PythonPackage()
    {
    }

    /// <summary>Its name, as in its metadata.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>Its version, as in its metadata; null if no metadata contains it.</summary>
    public string? Version { get; internal init; }

    /// <summary>The folder that it is imported from, or the egg. For a project that is installed in place by an
    /// older setuptools, the folder of the project.</summary>
    public string Location { get; internal init; } = "";

    /// <summary>What installed it (<c>INSTALLER</c>, PEP 376): <c>pip</c>, <c>uv</c>, <c>conda</c>, <c>debian</c>; null
    /// if that was not recorded.</summary>
    public string? Installer { get; internal init; }

    /// <summary>Whether it was requested by name, not only as a dependency (<c>REQUESTED</c>, PEP 376). Only pip and
    /// uv record that.</summary>
    public bool Requested { get; internal init; }

    /// <summary>Whether it is a project that is installed in place (<c>pip install --editable</c>).</summary>
    public bool Editable { get; internal init; }

    /// <summary>Where it came from, if not from an index (PEP 610); without user name and password.</summary>
    public string? DirectUrl { get; internal init; }

    /// <summary>The distro package, Homebrew formula or conda package that its metadata belongs to; null if
    /// none.</summary>
    public string? DistroPackage { get; internal init; }

    /// <summary>The location of a distribution of the same name that Python finds first; null if it finds this
    /// one.</summary>
    public string? ShadowedBy { get; internal init; }

    /// <summary>The environment; null for a folder that was given without one.</summary>
    [JsonConverter(typeof(EnvironmentPathConverter))]
    public PythonEnvironment? Environment { get; internal init; }

    /// <summary>Its <c>.dist-info</c> or <c>.egg-info</c>.</summary>
    [JsonIgnore]
    internal string MetadataPath { get; init; } = "";

    /// <summary>The distribution as a requirement, such as <c>requests==2.32.3</c>.</summary>
    public override string ToString() => Version is null ? Name : $"{Name}=={Version}";
}
