using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>The names of Homebrew's formulae, which it keeps in its cache (<c>HOMEBREW_CACHE</c>, brew(1)), without
/// their versions.</summary>
internal sealed class BrewIndex : PackageIndex
{
    private readonly Lazy<HashSet<string>> _names;

    /// <summary>Finds the file.</summary>
    internal BrewIndex(Machine machine) => _names = new(() => Folder(machine) is not string folder ? []
        : [.. (machine.Files.ReadText(Path.Combine(folder, "api", "formula_names.txt"), 4 << 20) ?? "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);

    /// <inheritdoc/>
    internal override bool Exists => _names.Value.Count > 0;

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, string> Find(IReadOnlyList<string> packages, bool mayAsk) =>
        packages.Where(_names.Value.Contains).Distinct(StringComparer.Ordinal)
            .ToDictionary(package => package, _ => "", StringComparer.Ordinal);

    private static string? Folder(Machine machine) =>
        machine.Variable("HOMEBREW_CACHE") is string folder ? folder
        : machine.Platform == Platform.MacOS ? machine.Home is string home ? Path.Combine(home, "Library/Caches/Homebrew") : null
        : machine.Variable("XDG_CACHE_HOME") is string cache ? Path.Combine(cache, "Homebrew")
        : machine.Home is string user ? Path.Combine(user, ".cache/Homebrew") : null;
}
