using System.Text.Json;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>
/// Homebrew's kegs, <c>Cellar/FORMULA/VERSION</c>: a file belongs to the keg that it is in, wherever links to it are.
/// <c>INSTALL_RECEIPT.json</c> has the dependencies (<c>keg.rb</c> and <c>tab.rb</c> of brew). There are no digests.
/// </summary>
internal sealed class HomebrewDatabase : PackageDatabase
{
    private readonly FileTree _files;
    private readonly string _prefix;
    private readonly string _cellar;
    private readonly Dictionary<string, DistroPackage> _kegs; // by the path below Cellar
    private readonly UnreadablePackages _unreadable = new();
    private readonly Lazy<DependencyIndex> _needs;

    private HomebrewDatabase(FileTree files, string prefix, string cellar)
    {
        (_files, _prefix, _cellar) = (files, prefix, cellar);
        _kegs = Folders(cellar).SelectMany(formula =>
        {
            string[] versions = [.. Folders($"{cellar}/{formula}")];
            return versions.Select(version => (Keg: $"{formula}/{version}", Package: new DistroPackage(formula, version)
            {
                Id = versions.Length > 1 ? $"{formula}/{version}" : formula,
            }));
        }).ToDictionary(pair => pair.Keg, pair => pair.Package, StringComparer.Ordinal);
        _needs = new(() => new([.. _kegs.Select(pair => (pair.Value, Dependencies(pair.Key)))]));
    }

    /// <inheritdoc/>
    internal override string Name => "Homebrew";

    /// <inheritdoc/>
    internal override string? Problem => _needs.Value is not null ? _unreadable.Problem : null;

    /// <inheritdoc/>
    internal override IReadOnlyList<DistroPackage> Packages => [.. _kegs.Values];

    /// <summary>Finds the Homebrew that a folder is part of: in a keg, through a link to one, or in another folder of
    /// its prefix; null if it is in none.</summary>
    internal static HomebrewDatabase? Open(FileTree files, string folder)
    {
        foreach (string start in ((string?[])[folder, files.RealPath(folder)]).OfType<string>())
        {
            foreach (string prefix in Machine.Upward(start))
            {
                if (files.IsDirectory(Path.Combine(prefix, "Cellar"))
                    && files.RealPath(prefix) is string real && files.RealPath(Path.Combine(prefix, "Cellar")) is string cellar)
                {
                    return new(files, real, cellar);
                }
            }
        }
        return null;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<OwnedFile> FilesBelow(IReadOnlyList<string> folders)
    {
        var found = new List<OwnedFile>();
        foreach (string folder in folders.Select(WithinPrefix).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (_files.RealPath(folder) is string real)
            {
                if (_files.IsDirectory(real))
                {
                    AddBelow(folder, real, found);
                }
                else
                {
                    Add(folder, real, found);
                }
            }
        }
        return found;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<DistroPackage> DependentsOf(DistroPackage package) => _needs.Value.DependentsOf(package, []);

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, FileDigest> DigestsOf(DistroPackage package) =>
        new Dictionary<string, FileDigest>(StringComparer.Ordinal);

    /// <inheritdoc/>
    internal override ProgramStep? Reinstall(DistroPackage package) => new("brew", "reinstall", package.Name);

    // The part of a wanted folder that may have files of kegs.
    private string? WithinPrefix(string folder) =>
        PathText.IsBelow(folder, _prefix) || PathText.IsBelow(folder, _cellar) ? folder
        : folder is "/" || PathText.IsBelow(_prefix, folder) ? _prefix
        : null;

    // Links into kegs are followed from outside of them, as site-packages has them. Links within a keg are files of it,
    // so that no link is followed twice.
    private void AddBelow(string folder, string real, List<OwnedFile> found)
    {
        bool isInKeg = KegOf(real) is not null;
        foreach (DirectoryItem item in _files.List(real))
        {
            string path = $"{folder}/{item.Name}", target = $"{real}/{item.Name}";
            if (item.Kind == FileKind.Directory)
            {
                AddBelow(path, target, found);
            }
            else if (item.Kind != FileKind.Link || isInKeg)
            {
                Add(path, target, found);
            }
            else if (_files.RealPath(target) is string linked && KegOf(linked) is not null)
            {
                if (_files.IsDirectory(linked))
                {
                    AddBelow(path, linked, found);
                }
                else
                {
                    Add(path, linked, found);
                }
            }
        }
    }

    private void Add(string path, string real, List<OwnedFile> found)
    {
        if (KegOf(real) is DistroPackage keg)
        {
            found.Add(new(path, keg));
        }
    }

    private DistroPackage? KegOf(string real) =>
        PathText.IsBelow(real, _cellar) && real[_cellar.Length..].Split('/', 4) is ["", string formula, string version, ..]
            ? _kegs.GetValueOrDefault($"{formula}/{version}") : null;

    private IEnumerable<string> Folders(string folder) => _files.List(folder)
        .Where(item => item.Kind == FileKind.Directory).Select(item => item.Name).Order(StringComparer.Ordinal);

    // The receipt also has what the dependencies depend on. A formula of a tap has its full name, OWNER/TAP/FORMULA.
    private IEnumerable<string> Dependencies(string keg)
    {
        FileContent receipt = _files.Read($"{_cellar}/{keg}/INSTALL_RECEIPT.json");
        try
        {
            using JsonDocument? document = receipt.Bytes is byte[] bytes ? JsonDocument.Parse(bytes) : null;
            if (document?.RootElement is { ValueKind: JsonValueKind.Object } root)
            {
                return root.TryGetProperty("runtime_dependencies", out JsonElement all) && all.ValueKind == JsonValueKind.Array
                    ? [.. all.EnumerateArray().Where(IsDirect).Select(one => one.GetProperty("full_name").GetString()!.Split('/')[^1])]
                    : [];
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
        }
        _unreadable.Add(keg);
        return [];
    }

    // Receipts before Homebrew 3.3 do not distinguish.
    private static bool IsDirect(JsonElement dependency) =>
        dependency.ValueKind == JsonValueKind.Object
        && dependency.TryGetProperty("full_name", out JsonElement name) && name.ValueKind == JsonValueKind.String
        && !(dependency.TryGetProperty("declared_directly", out JsonElement isDirect) && isDirect.ValueKind == JsonValueKind.False);
}
