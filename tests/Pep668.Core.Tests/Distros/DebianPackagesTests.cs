using Pep668.Distros;

namespace Pep668.Tests.Distros;

/// <summary>Packages of Debian that contain a Python distribution.</summary>
public sealed class DebianPackagesTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("/var/lib/dpkg/info/python3-requests.list", 0, "python3-requests")]
    [InlineData("/var/lib/apt/lists/x_dists_stable_main_binary-amd64_Packages", 3, "python3-requests")]
    [InlineData("/var/lib/apt/lists/x_dists_stable_main_binary-amd64_Packages", 20_000, "python3-requests")]
    [InlineData("/var/lib/apt/lists/x_dists_stable_main_binary-amd64_Packages", -20_000, null)]
    public void Package_is_found_only_when_a_file_lists_it(string file, int count, string? expected)
    {
        IEnumerable<string> names = Enumerable.Range(0, Math.Abs(count)).Select(number => $"lib{number:D6}")
            .Concat(Enumerable.Range(0, Math.Abs(count)).Select(number => $"zz{number:D6}"));
        _world.Write(file, string.Concat((count < 0 ? names : names.Append("python3-requests")).Order(StringComparer.Ordinal)
            .Select(name => $"Package: {name}\nVersion: 1\nDescription: text about it\n\n")));
        Assert.Equal(expected, DebianPackages.Find(_world.Machine.Files, "requests"));
        Assert.Null(DebianPackages.Find(_world.Machine.Files, "other"));
    }

    [Fact]
    public void Package_name_has_one_python_prefix()
    {
        _world.Write("/var/lib/dpkg/info/python3-dateutil.list", "");
        Assert.Equal("python3-dateutil", DebianPackages.Find(_world.Machine.Files, "python-dateutil"));
        Assert.Equal("python3-dateutil", DebianPackages.Find(_world.Machine.Files, "dateutil"));
    }
}
