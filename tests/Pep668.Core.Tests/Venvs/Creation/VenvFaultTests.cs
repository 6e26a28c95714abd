using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines.Staging;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Repair;
using Pep668.Venvs.Seeding;

namespace Pep668.Tests.Venvs.Creation;

/// <summary>A repair that is cut off: what was installed stays, and the next one mends.</summary>
public sealed class VenvFaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-fault-").FullName;
    private readonly VenvMaker _maker;

    public VenvFaultTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "told in links and modes");
        _maker = new VenvMaker(Path.Combine(_folder, "cache"));
        Assert.Null(_maker.Make(Target).Failure);
    }

    private string Target => Path.Combine(_folder, "env");

    private string Site => Path.Combine(Target, "lib", _maker.Series, "site-packages");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Killed_between_taking_the_old_pip_away_and_putting_the_new_one_there(bool hasCommand)
    {
        // Only pyvenv.cfg from 3.11 on tells that it was made with pip.
        string config = Path.Combine(Target, "pyvenv.cfg");
        File.WriteAllLines(config,
            File.ReadLines(config).Where(line => hasCommand || !line.StartsWith("command", StringComparison.Ordinal)));
        string aside = Path.Combine(Target, StagingName.NewName());
        Directory.CreateDirectory(Path.Combine(aside, "new"));
        File.WriteAllText(Path.Combine(aside, "lock"), "");
        Directory.Move(Path.Combine(Site, "pip"), Path.Combine(aside, "old0"));
        Directory.Move(Directory.GetDirectories(Site, "pip-*").Single(), Path.Combine(aside, "old1"));
        Assert.False(VenvExaminer.Examine(_maker.Catalog, Read()).IsSound);
        Mended();
    }

    [Fact]
    public void A_repair_that_goes_on_is_no_defect()
    {
        string aside = Path.Combine(Target, StagingName.NewName());
        Directory.CreateDirectory(aside);
        using (new FileStream(Path.Combine(aside, "lock"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.True(VenvExaminer.Examine(_maker.Catalog, Read()).IsSound);
            Repair();
            Assert.True(Directory.Exists(aside));
        }
        Mended();
    }

    [Fact]
    public void A_file_that_was_written_aside_goes_with_the_next_repair()
    {
        string aside = Path.Combine(Target, "bin", StagingName.NewName()), link = Path.Combine(Target, "bin", StagingName.NewName());
        File.WriteAllText(aside, "");
        File.CreateSymbolicLink(link, "nowhere");
        Tool.Run("touch", ["-h", "-d", "2 minutes ago", aside, link]).Checked();
        Mended();
    }

    [Fact]
    public void What_cannot_be_put_in_its_place_leaves_everything_as_it_was()
    {
        // A folder has the name of a command: the last thing to be moved fails.
        string pip = Path.Combine(Target, "bin", "pip3");
        File.Delete(pip);
        Directory.CreateDirectory(Path.Combine(pip, "mine"));
        File.Delete(Path.Combine(Site, "pip", "__init__.py"));
        string[] before = Look();
        Outcome<VenvResult> outcome = Repair();
        Assert.Equal(FailureId.VenvNotWritten, outcome.Failure!.Id);
        Assert.Equal(before, Look());
        Directory.Delete(pip, recursive: true);
        Mended();

        string[] Look() => [.. Directory.GetFileSystemEntries(Target, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Stopped_it_leaves_everything_as_it_was()
    {
        File.Delete(Path.Combine(Site, "pip", "__init__.py"));
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        var repairer = new VenvRepairer(_maker.Catalog, _maker.Cache);
        Assert.ThrowsAny<OperationCanceledException>(() => repairer.Repair(repairer.Prepare(Read(), null), stopped.Token));
        Assert.Empty(Directory.GetFileSystemEntries(Target, ".pep668-*"));
        Mended();
    }

    private PythonEnvironment Read() => _maker.Catalog.Identify(Target).Environment!;

    private Outcome<VenvResult> Repair()
    {
        var repairer = new VenvRepairer(_maker.Catalog, _maker.Cache);
        return repairer.Repair(repairer.Prepare(Read(), null), CancellationToken.None);
    }

    private void Mended()
    {
        Assert.Null(Repair().Failure);
        Soundness.Check(Target);
        Assert.True(VenvExaminer.Examine(_maker.Catalog, Read()).IsSound);
        Assert.Empty(Directory.GetFileSystemEntries(Target, ".pep668-*"));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Target, "bin"), ".pep668-*"));
    }
}
