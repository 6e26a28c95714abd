using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines.Staging;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Repair;
using Pep668.Venvs.Seeding;

namespace Pep668.Tests.Venvs.Repair;

/// <summary>An interrupted repair keeps what was installed, and the next repair completes it.</summary>
public sealed class InterruptedRepairTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-fault-").FullName;
    private readonly VenvMaker _maker;

    public InterruptedRepairTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX links and modes");
        _maker = new VenvMaker(SharedSeeds.Cache);
        Assert.Null(_maker.Make(Target).Failure);
    }

    private string Target => Path.Combine(_folder, "env");

    private string Site => Path.Combine(Target, "lib", _maker.Series, "site-packages");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Repair_killed_between_removing_and_replacing_pip_is_completed_by_the_next(bool hasCommand)
    {
        // Only pyvenv.cfg of 3.11 and later contains the command, and so whether it was created with pip.
        string config = Path.Combine(Target, "pyvenv.cfg");
        File.WriteAllLines(config,
            File.ReadLines(config).Where(line => hasCommand || !line.StartsWith("command", StringComparison.Ordinal)));
        string aside = Path.Combine(Target, StagingName.NewName());
        Directory.CreateDirectory(Path.Combine(aside, "new"));
        File.WriteAllText(Path.Combine(aside, "lock"), "");
        Directory.Move(Path.Combine(Site, "pip"), Path.Combine(aside, "old0"));
        Directory.Move(Directory.GetDirectories(Site, "pip-*").Single(), Path.Combine(aside, "old1"));
        Assert.False(VenvExaminer.Examine(_maker.Catalog, Read()).IsSound);
        AssertRepaired();
    }

    [Fact]
    public void Repair_in_progress_is_not_a_defect()
    {
        string aside = Path.Combine(Target, StagingName.NewName());
        Directory.CreateDirectory(aside);
        using (new FileStream(Path.Combine(aside, "lock"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.True(VenvExaminer.Examine(_maker.Catalog, Read()).IsSound);
            Repair();
            Assert.True(Directory.Exists(aside));
        }
        AssertRepaired();
    }

    [Fact]
    public void Staged_file_of_a_killed_repair_is_removed_by_the_next()
    {
        string aside = Path.Combine(Target, "bin", StagingName.NewName()), link = Path.Combine(Target, "bin", StagingName.NewName());
        File.WriteAllText(aside, "");
        File.CreateSymbolicLink(link, "nowhere");
        Tool.Run("touch", ["-h", "-d", "2 minutes ago", aside, link]).Checked();
        AssertRepaired();
    }

    [Fact]
    public void Repair_that_cannot_replace_a_file_changes_nothing()
    {
        // A folder has the name of a command: the last move fails.
        string pip = Path.Combine(Target, "bin", "pip3");
        File.Delete(pip);
        Directory.CreateDirectory(Path.Combine(pip, "mine"));
        File.Delete(Path.Combine(Site, "pip", "__init__.py"));
        string[] before = Look();
        Outcome<VenvResult> outcome = Repair();
        Assert.Equal(FailureId.VenvNotWritten, outcome.Failure!.Id);
        Assert.Equal(before, Look());
        Directory.Delete(pip, recursive: true);
        AssertRepaired();

        string[] Look() => [.. Directory.GetFileSystemEntries(Target, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Cancelled_repair_changes_nothing()
    {
        File.Delete(Path.Combine(Site, "pip", "__init__.py"));
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        var repairer = new VenvRepairer(_maker.Catalog, _maker.Cache);
        Assert.ThrowsAny<OperationCanceledException>(() => repairer.Repair(repairer.Prepare(Read(), null), stopped.Token));
        Assert.Empty(Directory.GetFileSystemEntries(Target, ".pep668-*"));
        AssertRepaired();
    }

    private PythonEnvironment Read() => _maker.Catalog.Identify(Target).Environment!;

    private Outcome<VenvResult> Repair()
    {
        var repairer = new VenvRepairer(_maker.Catalog, _maker.Cache);
        return repairer.Repair(repairer.Prepare(Read(), null), CancellationToken.None);
    }

    private void AssertRepaired()
    {
        Assert.Null(Repair().Failure);
        VenvCompleteness.Check(Target);
        Assert.True(VenvExaminer.Examine(_maker.Catalog, Read()).IsSound);
        Assert.Empty(Directory.GetFileSystemEntries(Target, ".pep668-*"));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Target, "bin"), ".pep668-*"));
    }
}
