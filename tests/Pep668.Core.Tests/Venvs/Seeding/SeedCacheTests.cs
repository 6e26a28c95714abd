using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

namespace Pep668.Tests.Venvs.Seeding;

/// <summary>A cache of seeds that is damaged or not trusted is not used and prevents nothing.</summary>
public sealed class SeedCacheTests : IClassFixture<SmallPython>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-cache-").FullName;
    private readonly VenvMaker _maker;
    private int _count;

    public SeedCacheTests(SmallPython python)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "told in owners and modes");
        _maker = new VenvMaker(Path.Combine(_folder, "cache"), python: python.Executable);
    }

    private string Seeds => Path.Combine(_folder, "cache", "seeds");

    /// <summary>One for each bundled wheel: up to 3.11 there is one of setuptools as well.</summary>
    private string[] AllSeeds => [.. Directory.GetFileSystemEntries(Seeds, "*.seed").Order(StringComparer.Ordinal)];

    private string Seed => AllSeeds[0];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Damaged_seed_is_replaced()
    {
        Make();
        string seed = Seed;
        byte[] whole = File.ReadAllBytes(seed);
        Assert.NotNull(SeedFormat.Read(whole));
        var rounds = new Rounds(40);
        rounds.Each(round =>
        {
            byte[] bytes = [.. whole];
            switch (round % 4)
            {
                case 0:
                    bytes[rounds.Random.Next(bytes.Length)] ^= (byte)(1 << rounds.Random.Next(8));
                    break;
                case 1:
                    bytes = bytes[..rounds.Random.Next(bytes.Length)];
                    break;
                case 2:
                    // The start, which contains name, hash and lengths.
                    bytes[rounds.Random.Next(60)] ^= (byte)rounds.Random.Next(1, 256);
                    break;
                default:
                    bytes = [.. bytes, .. new byte[rounds.Random.Next(1, 100)]];
                    break;
            }
            Assert.Null(SeedFormat.Read(bytes));
        });
        // The complete procedure with the most severe damage.
        foreach (byte[] bytes in (byte[][])[[], [.. whole.Take(10)], [.. whole.Take(whole.Length / 2)],
            [.. "Pep668 seed 2\n"u8, .. whole.Skip(14)]])
        {
            File.WriteAllBytes(seed, bytes);
            Make();
            Assert.NotNull(SeedFormat.Read(File.ReadAllBytes(seed)));
        }
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("link")]
    [InlineData("dangling")]
    [InlineData("fifo")]
    public void Seed_that_is_not_a_file_is_not_used(string kind)
    {
        Make();
        string seed = Seed, elsewhere = Path.Combine(_folder, "elsewhere");
        File.Move(seed, elsewhere);
        switch (kind)
        {
            case "folder":
                Directory.CreateDirectory(Path.Combine(seed, "below"));
                break;
            case "link":
                File.CreateSymbolicLink(seed, elsewhere);
                break;
            case "dangling":
                File.CreateSymbolicLink(seed, elsewhere + "-not");
                break;
            default:
                Tool.Run("mkfifo", [seed]).Checked();
                break;
        }
        File.WriteAllText(elsewhere, "nothing of this is used");
        Make();
        Assert.Equal(AllSeeds.Length, _maker.Cache.Clear());
        Assert.Empty(Directory.GetFileSystemEntries(Seeds));
        Assert.Equal("nothing of this is used", File.ReadAllText(elsewhere));
    }

    [Theory]
    [InlineData(0b111_111_101)]
    [InlineData(0b111_101_111)]
    public void Cache_that_others_can_write_to_is_not_used(int mode)
    {
        Make();
        File.SetUnixFileMode(Seeds, (UnixFileMode)mode);
        Untouched();
        File.SetUnixFileMode(Seeds, (UnixFileMode)0b111_000_000);
        File.SetUnixFileMode(Seed, (UnixFileMode)0b110_110_100);
        Assert.Null(_maker.Cache.Find(Path.GetFileName(Seed)));
    }

    [Fact]
    public void Cache_of_another_user_is_not_used()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "giving files away takes root");
        Make();
        Tool.Run("chown", ["65534", Seed]).Checked();
        Assert.Null(_maker.Cache.Find(Path.GetFileName(Seed)));
        Tool.Run("chown", ["0", Seed]).Checked();
        Assert.NotNull(_maker.Cache.Find(Path.GetFileName(Seed)));
        Tool.Run("chown", ["65534", Seeds]).Checked();
        Untouched();
    }

    [Fact]
    public void Cache_that_is_a_link_is_not_followed()
    {
        Make();
        string elsewhere = Path.Combine(_folder, "elsewhere");
        Directory.Move(Seeds, elsewhere);
        Directory.CreateSymbolicLink(Seeds, elsewhere);
        Untouched();
    }

    [Fact]
    public void File_in_place_of_the_cache_is_kept()
    {
        File.WriteAllText(Path.Combine(_folder, "cache"), "mine");
        Make();
        Assert.Equal(0, _maker.Cache.Clear());
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, "cache")));
    }

    [Fact]
    public void Partial_seeds_of_killed_processes_are_removed_after_an_hour()
    {
        Make();
        string[] seeds = AllSeeds;
        string seed = Seed, old = seed + ".0123456789abcdef", young = seed + ".fedcba9876543210";
        File.WriteAllText(old, "");
        File.WriteAllText(young, "");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        File.Delete(seed);
        Make();
        Assert.Equal(seeds.Append(young).Order(StringComparer.Ordinal), Directory.GetFiles(Seeds).Order(StringComparer.Ordinal));
    }

    // A healthy environment is created, and nothing in the cache is read or changed.
    private void Untouched()
    {
        string[] before = Look();
        Make();
        Assert.Equal(before, Look());
        Assert.Equal(0, _maker.Cache.Clear());
        Assert.Equal(before, Look());

        string[] Look() => [.. Directory.GetFiles(Seeds).Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}").Order()];
    }

    private void Make()
    {
        string target = Path.Combine(_folder, $"env{_count++}");
        Outcome<VenvResult> outcome = _maker.Make(target);
        Assert.Null(outcome.Failure);
        Assert.Empty(outcome.Notices);
        VenvCompleteness.Check(target);
    }
}
