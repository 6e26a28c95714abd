using System.Text;
using Pep668.Machines;

namespace Pep668.Packages;

/// <summary>How a distribution is written down on disk.</summary>
internal enum InstalledForm
{
    /// <summary>A <c>.dist-info</c> folder (PEP 376, PEP 627).</summary>
    DistInfo,

    /// <summary>An <c>.egg-info</c> folder or file, or the <c>EGG-INFO</c> of an egg (setuptools, distutils).</summary>
    EggInfo,

    /// <summary>An <c>.egg-link</c> file: a project in place, as <c>setup.py develop</c> leaves it.</summary>
    EggLink,
}

/// <summary>A distribution that is installed.</summary>
internal sealed record InstalledDistribution
{
    internal InstalledDistribution()
    {
    }

    /// <summary>Its name, as its metadata has it.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The name by which it is compared (PEP 503).</summary>
    public string NormalizedName { get; internal init; } = "";

    /// <summary>Its version, as its metadata has it; empty when no metadata tells.</summary>
    public string Version { get; internal init; } = "";

    /// <summary>The folder of distributions that it is in.</summary>
    public string Location { get; internal init; } = "";

    /// <summary>Its <c>.dist-info</c> or <c>.egg-info</c>, or the <c>.egg-link</c>.</summary>
    public string MetadataPath { get; internal init; } = "";

    /// <summary>The file with its name and version; it need not exist.</summary>
    internal string MetadataFile => MetadataName is null ? MetadataPath : Path.Combine(MetadataPath, MetadataName);

    /// <summary>Its name in <see cref="MetadataPath"/>; null if that is the file.</summary>
    internal string? MetadataName { get; init; }

    /// <summary>How it is written down.</summary>
    public InstalledForm Form { get; internal init; }

    /// <summary>Whether it was asked for by name: <c>REQUESTED</c> is there (PEP 376).</summary>
    public bool IsRequested { get; internal init; }

    /// <summary>For <see cref="InstalledForm.EggLink"/>: the folder of the project.</summary>
    public string? ProjectFolder { get; internal init; }

    /// <summary>The file that an install writes last: another one after the same version was installed again. It is
    /// read on request only.</summary>
    internal FileEntry Written { get; init; }

    /// <summary>Who installed it (PEP 376, <c>INSTALLER</c>); null when that is not told.</summary>
    public string? Installer(FileTree files)
    {
        // A name; what is longer is cut.
        Span<byte> start = stackalloc byte[256];
        int read = files.ReadStart(MetadataPath, "INSTALLER", start);
        return read > 0 && Encoding.UTF8.GetString(start[..read].TrimEnd((byte)'\n')).Trim() is { Length: > 0 } installer
            ? installer : null;
    }

    /// <summary>The <c>url</c> in <c>direct_url.json</c>; for a project in place its folder, as a URL; null when it
    /// came from an index.</summary>
    internal string? Source(FileTree files) =>
        ProjectFolder is null ? DirectUrl.Read(files, MetadataPath)?.Url
        : Uri.TryCreate(ProjectFolder, UriKind.Absolute, out Uri? folder) ? folder.AbsoluteUri
        : null;

    internal bool IsAsWrittenIn(InstalledDistribution other) =>
        string.Equals(MetadataPath, other.MetadataPath, StringComparison.Ordinal) && Written == other.Written;
}
