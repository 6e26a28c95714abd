using Pep668.Distros;

namespace Pep668.Tests.Distros;

/// <summary>apt's index of packages.</summary>
public sealed class AptIndexTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(0, "2.28.1-1")]
    [InlineData(3, "2.28.1-1")]
    [InlineData(20_000, "2.28.1-1")]
    [InlineData(-20_000, null)]
    public void Package_is_found_in_an_index_of_any_size(int count, string? expected)
    {
        IEnumerable<string> names = Enumerable.Range(0, Math.Abs(count)).Select(number => $"lib{number:D6}")
            .Concat(Enumerable.Range(0, Math.Abs(count)).Select(number => $"zz{number:D6}"));
        _world.Write("/var/lib/apt/lists/x_dists_stable_main_binary-amd64_Packages",
            string.Concat((count < 0 ? names : names.Append("python3-requests")).Order(StringComparer.Ordinal)
                .Select(name => $"Package: {name}\nVersion: {(name is "python3-requests" ? "2.28.1-1" : "1")}\nDescription: text\n\n")));
        var index = new AptIndex(_world.Machine);
        Assert.Equal(expected, index.Find(["python3-requests", "other"], mayAsk: false).GetValueOrDefault("python3-requests"));
        Assert.Equal(expected is null ? 0 : 1, index.Find(["python3-requests", "other"], mayAsk: false).Count);
        Assert.True(index.Exists && index.IsReadable(mayAsk: false));
    }

    [Fact]
    public void Every_package_of_the_real_index_is_found_in_its_version() => RandomSeed.Fixed(668).Run(seed =>
    {
        const string Folder = "/var/lib/apt/lists";
        string[] lists = Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*_main_binary-*_Packages*") : [];
        Assert.SkipWhen(lists.Length == 0 || !OperatingSystem.IsLinux() || !File.Exists("/usr/lib/apt/apt-helper"),
            "needs the package lists of apt");
        string text = Tool.Run("/usr/lib/apt/apt-helper", ["cat-file", lists.MaxBy(path => new FileInfo(path).Length)!]).Checked().Output;
        _world.Write("/var/lib/apt/lists/x_Packages", text);
        Dictionary<string, string> expected = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(record => record.Split('\n')).GroupBy(record => Value(record, "Package: "))
            .ToDictionary(group => group.Key, group => group.Select(record => Value(record, "Version: ")).Max(DebianVersion.Comparer)!);
        var random = new Random(seed);
        string[] names = [.. expected.Keys];
        string[] some = [.. names.OrderBy(_ => random.Next()).Take(TestExtent.Count(2000)), names[0], names[^1]];
        IReadOnlyDictionary<string, string> found = new AptIndex(_world.Machine).Find(some, mayAsk: false);
        Assert.All(some, package => Assert.Equal(expected[package], found.GetValueOrDefault(package)));
    });

    [Fact]
    public void Compressed_index_of_an_image_cannot_be_read()
    {
        _world.Write("/var/lib/apt/lists/x_Packages.lz4", "x");
        var index = new AptIndex(_world.Machine);
        Assert.True(index.Exists);
        Assert.False(index.IsReadable(mayAsk: true));
        Assert.Empty(index.Find(["python3-requests"], mayAsk: true));
    }

    private static string Value(string[] record, string field) =>
        record.First(line => line.StartsWith(field, StringComparison.Ordinal))[field.Length..];
}
