using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines.Staging;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

namespace Pep668.Tests.Venvs.Creation;

/// <summary>Existing files at the target of a new environment and in its parent folders.</summary>
public sealed class VenvTargetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-target-").FullName;
    private readonly VenvMaker _maker;

    public VenvTargetTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX links and modes");
        _maker = new VenvMaker(Path.Combine(_folder, "cache"), Needs.Venv);
    }

    private string Target => Path.Combine(_folder, "env");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Existing_environment_is_refused_and_unchanged()
    {
        Made(Bare);
        string mine = Mine();
        Assert.Equal(FailureId.VenvAlreadyExists, Refused(Bare).Id);
        Assert.True(File.Exists(mine));
    }

    [Fact]
    public void Existing_environment_is_replaced_with_force()
    {
        Made(Bare);
        string mine = Mine();
        Made(request => Bare(request) with { Replace = true });
        Assert.False(File.Exists(mine));
    }

    /// <summary>As <c>python -m venv</c> and <c>uv venv</c> do.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Empty_folder_is_used(bool replace, bool reuse)
    {
        Directory.CreateDirectory(Target);
        Made(request => Bare(request) with { Replace = replace, Reuse = reuse });
        NothingAside();
    }

    [Theory]
    [InlineData("setup.py")]
    [InlineData("src/project.py")]
    [InlineData(".git/HEAD")]
    [InlineData(".pep668-mine/notes")]
    public void Folder_with_other_files_is_not_replaced_with_force(string other)
    {
        foreach (bool isVenv in (bool[])[false, true])
        {
            if (isVenv)
            {
                Directory.Delete(Target, recursive: true);
                Made(Bare);
            }
            string path = Path.Combine(Target, other);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "mine");
            Failure failure = Refused(request => Bare(request) with { Replace = true });
            Assert.Equal(FailureId.VenvAlreadyExists, failure.Id);
            Assert.Contains("not replaced", failure.Message, StringComparison.Ordinal);
            Assert.Equal("mine", File.ReadAllText(path));
        }
    }

    [Fact]
    public void File_created_after_the_check_is_not_replaced()
    {
        foreach (bool replace in (bool[])[true, false])
        {
            Directory.CreateDirectory(Target);
            var builder = new VenvBuilder(_maker.Catalog, _maker.Cache);
            VenvPreparation preparation = builder.Prepare(Bare(new(Target, _maker.Python)) with { Replace = replace }).Value();
            Assert.Null(preparation.Reused);
            Assert.False(preparation.Replaces);
            // While the user is asked whether to go on.
            File.WriteAllText(Path.Combine(Target, "notes"), "mine");
            Assert.Equal(FailureId.VenvAlreadyExists, builder.Write(preparation, default).Failure!.Id);
            Assert.Equal("mine", File.ReadAllText(Path.Combine(Target, "notes")));
            NothingAside();
            File.Delete(Path.Combine(Target, "notes"));
        }
    }

    [Fact]
    public void Environment_with_leftovers_of_an_interrupted_repair_is_replaced_with_force()
    {
        Made(Bare);
        Directory.CreateDirectory(Path.Combine(Target, StagingName.NewName(), "old0"));
        Made(request => Bare(request) with { Replace = true });
    }

    [Theory]
    [InlineData("file")]
    [InlineData("dangling link")]
    [InlineData("link to a file")]
    public void Target_that_is_not_a_folder_is_refused(string kind)
    {
        string other = Path.Combine(_folder, "other");
        if (kind is "link to a file")
        {
            File.WriteAllText(other, "mine");
        }
        if (kind is "file")
        {
            File.WriteAllText(Target, "mine");
        }
        else
        {
            File.CreateSymbolicLink(Target, other);
        }
        foreach (bool replace in (bool[])[false, true])
        {
            Failure failure = Refused(request => Bare(request) with { Replace = replace, Reuse = !replace });
            Assert.Equal(FailureId.VenvAlreadyExists, failure.Id);
        }
        Assert.Equal(kind is "file" ? null : other, new FileInfo(Target).LinkTarget);
    }

    [Fact]
    public void Target_link_to_a_folder_creates_the_environment_in_that_folder()
    {
        string other = Path.Combine(_folder, "other");
        Directory.CreateDirectory(other);
        Directory.CreateSymbolicLink(Target, other);
        Outcome<VenvResult> outcome = _maker.Make(Target, request => Bare(request) with { Replace = true });
        Assert.Equal(other, outcome.Value().Environment.Prefix);
        Assert.Equal(other, new DirectoryInfo(Target).LinkTarget);
        VenvCompleteness.Check(other, hasPip: false);
        NothingAside();
    }

    [Fact]
    public void Parent_folders_are_created_and_removed_after_a_failure()
    {
        Made(Bare, Path.Combine(_folder, "a", "b", "env"));
        string longName = new('x', 256);
        Assert.Equal(FailureId.VenvNotWritten, Refused(Bare, Path.Combine(_folder, "c", "d", longName)).Id);
        Assert.False(Directory.Exists(Path.Combine(_folder, "c")));
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _maker.Make(Path.Combine(_folder, "e", "f", "env"), Bare, stopped.Token));
        Assert.False(Directory.Exists(Path.Combine(_folder, "e")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/deeper")]
    public void File_in_place_of_a_parent_folder_is_reported(string below)
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "mine");
        Failure failure = Refused(Bare, Path.Combine(_folder, "file") + below + "/env");
        Assert.Equal(FailureId.VenvNotWritten, failure.Id);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, "file")));
    }

    [Fact]
    public void Name_up_to_the_length_limit_is_accepted_and_a_longer_one_reported()
    {
        Made(Bare, Path.Combine(_folder, new string('n', 255)));
        Made(Bare, Path.Combine(_folder, string.Concat(Enumerable.Repeat("é", 127))));
        Assert.Equal(FailureId.VenvNotWritten, Refused(Bare, Path.Combine(_folder, new string('n', 256))).Id);
        Assert.Equal(FailureId.VenvNotWritten, Refused(Bare, Path.Combine(_folder, string.Concat(Enumerable.Repeat("é", 128)))).Id);
        string deep = _folder + string.Concat(Enumerable.Repeat("/" + new string('d', 200), 21));
        Assert.Equal(FailureId.VenvNotWritten, Refused(Bare, deep).Id);
        Assert.Empty(Directory.GetDirectories(_folder, "ddd*"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/proc/env")]
    [InlineData("/sys/env")]
    public void Target_in_an_unwritable_folder_leaves_nothing(string path)
    {
        string folder = Path.GetDirectoryName(path) ?? path;
        Assert.SkipUnless(Directory.EnumerateFileSystemEntries(folder).Any(), $"needs a mounted {folder}");
        Assert.Equal(FailureId.VenvNotWritten, Refused(Bare, path, checkAside: false).Id);
    }

    [Fact]
    public void Environment_inside_another_environment_leaves_both_healthy()
    {
        Made(Bare);
        Made(Bare, Path.Combine(Target, "share", "inner"));
        VenvCompleteness.Check(Target, hasPip: false);
    }

    [Fact]
    public void Reuse_accepts_a_matching_environment_and_reports_each_mismatch()
    {
        Made(Bare);
        string mine = Mine();
        VenvResult reused = _maker.Make(Target, request => Bare(request) with { Reuse = true }).Value();
        Assert.False(reused.Changed);
        Assert.Equal(Target, reused.Environment.Prefix);

        Misfit("no pip", request => request with { Reuse = true });
        Misfit("system", request => Bare(request) with { Reuse = true, SystemSitePackages = true });
        Misfit("prompt", request => Bare(request) with { Reuse = true, Prompt = "another" });
        File.Delete(Path.Combine(Target, "bin", _maker.Series));
        File.Delete(Path.Combine(Target, "bin", "python3"));
        File.Delete(Path.Combine(Target, "bin", "python"));
        Misfit("interpreter", request => Bare(request) with { Reuse = true });
        Assert.True(File.Exists(mine));
        Made(request => Bare(request) with { Reuse = true, Replace = true });
    }

    [Fact]
    public void Reuse_refuses_an_environment_of_another_version()
    {
        PythonEnvironment other = _maker.Catalog.Identify(Interpreters.Need("another", Needs.Venv).Executable).Environment!;
        Made(Bare);
        string mine = Mine();
        Misfit("its base is Python", request => Bare(request) with { Reuse = true, Python = other });
        Assert.True(File.Exists(mine));
    }

    [Fact]
    public void Folder_that_only_resembles_a_leftover_is_kept()
    {
        string[] own = [".pep668-cache/seeds/x", ".pep668-0123456789ab/notes", ".pep668-0123456789AB/lock", ".pep668-0123456789abc/lock"];
        foreach (string path in own.Select(name => Path.Combine(_folder, name)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "mine");
            Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(path)!, DateTime.UtcNow.AddDays(-1));
        }
        Assert.Null(_maker.Make(Target, Bare).Failure);
        Assert.All(own, name => Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, name))));
    }

    [Fact]
    public void Previous_environment_moved_by_a_killed_process_is_restored()
    {
        Made(Bare);
        string stage = Path.Combine(_folder, StagingName.NewName());
        Directory.CreateDirectory(Path.Combine(stage, "tree"));
        File.WriteAllText(Path.Combine(stage, "lock"), "env");
        Directory.Move(Target, Path.Combine(stage, "old"));
        Assert.Null(_maker.Make(Path.Combine(_folder, "sibling"), Bare).Failure);
        VenvCompleteness.Check(Target, hasPip: false);
        NothingAside();
    }

    private void Misfit(string reason, Func<VenvRequest, VenvRequest> with)
    {
        Failure failure = Refused(with);
        Assert.Equal(FailureId.VenvAlreadyExists, failure.Id);
        Assert.Contains($"exists, but it cannot be reused: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    private static VenvRequest Bare(VenvRequest request) => request with { WithoutPip = true };

    private string Mine()
    {
        string mine = Path.Combine(Target, "share", "mine");
        Directory.CreateDirectory(Path.GetDirectoryName(mine)!);
        File.WriteAllText(mine, "");
        return mine;
    }

    private void Made(Func<VenvRequest, VenvRequest> with, string? target = null)
    {
        Assert.True(_maker.Make(target ?? Target, with).Value().Changed);
        VenvCompleteness.Check(target ?? Target, hasPip: false);
        NothingAside();
    }

    private Failure Refused(Func<VenvRequest, VenvRequest> with, string? target = null, bool checkAside = true)
    {
        Outcome<VenvResult> outcome = _maker.Make(target ?? Target, with);
        Assert.Null(outcome.OrNull());
        if (checkAside)
        {
            NothingAside();
        }
        return outcome.Failure!;
    }

    private void NothingAside() => Assert.Empty(Directory.GetDirectories(_folder, ".pep668-*"));
}
