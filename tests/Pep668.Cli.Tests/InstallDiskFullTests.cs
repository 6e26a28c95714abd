using System.Globalization;

namespace Pep668.Tests;

/// <summary>What a full disk leaves of an install is reported at once, and by the next command.</summary>
[Collection("faults")]
public sealed class InstallDiskFullTests : IDisposable
{
    private readonly VenvFaultWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [FullInlineData("")]
    [InlineData("Requires-Dist: tiny (==1.0)\n")]
    public void Files_without_metadata_are_reported_also_after_another_package_was_installed(string requirement)
    {
        string disk = _world.Mount(_world.Companion.At("/disk"), "size=64m,nr_inodes=20000"), venv = Path.Combine(disk, "env");
        WheelHouse house =
            new WheelHouse(_world.Companion.At("/home/user/wheels")).AddBig("1.0", requirement, WheelHouse.Many);
        _world.WithSeeds().Make(venv).Exits(0);
        int used = int.Parse(Tool.Run("df", ["--output=iused", disk]).Checked().Output.Split('\n')[1], CultureInfo.InvariantCulture);
        VenvFaultWorld.Remount(disk, FormattableString.Invariant($"nr_inodes={used + (WheelHouse.Many / 2)}"));

        CompanionResult failed = Install("big").Exits(4);
        Assert.Contains("No space left on device", failed.Error, StringComparison.Ordinal);
        Assert.Contains("The failed install left files that belong to no installed package", failed.Error, StringComparison.Ordinal);
        string library = Directory.GetDirectories(Path.Combine(venv, "lib"))[0], left = Path.Combine(library, "site-packages", "big");
        Assert.Contains($"'{left}'", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("site-packages/tiny'", failed.Error, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(left));

        VenvFaultWorld.Remount(disk, "nr_inodes=20000");
        Assert.Contains("The install of big", Install("other").Exits(0).Error, StringComparison.Ordinal);
        Install("big").Exits(0);
        Assert.DoesNotContain("interrupted", Install("leaf").Exits(0).Error, StringComparison.Ordinal);

        CompanionResult Install(string package) => _world.Companion.RunHere(
            "install", package, "--environment", venv, "--no-index", "--find-links", house.Folder);
    }
}
