using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Packages;
using Pep668.Shells;
using Pep668.Venvs.Removal;

namespace Pep668.Tests.Venvs.Removal;

/// <summary>Only a virtual environment is removed, all of it, and nothing that a link in it leads to.</summary>
public sealed class VenvRemoverTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-remove-").FullName;
    private readonly Machine _machine;

    public VenvRemoverTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX links and modes");
        _machine = Machine.Current(_folder) with
        {
            Home = Path.Combine(_folder, "home"),
            Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PEP668_CACHE_DIR"] = Path.Combine(_folder, "cache") },
        };
        Write("outside/keep", "kept");
        Write("env/pyvenv.cfg", "home = /gone/bin\nversion = 3.11.2\n");
        Write("env/lib/python3.11/site-packages/module.py", "");
        Directory.CreateDirectory(At("env/bin"));
        File.CreateSymbolicLink(At("env/bin/python"), "/gone/bin/python3.11");
        File.CreateSymbolicLink(At("env/lib64"), "lib");
        File.CreateSymbolicLink(At("env/share"), At("outside"));
    }

    private string Target => At("env");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Damaged_environment_is_removed_and_what_its_links_lead_to_is_kept()
    {
        VenvRemovalResult result = Removed(Read(Target));
        Assert.Null(result.Failure);
        Assert.True(result.IsRemoved);
        AssertGone();
        Assert.Equal("kept", File.ReadAllText(At("outside/keep")));
    }

    [Fact]
    public void Environment_without_any_interpreter_is_removed()
    {
        Directory.Delete(At("env/bin"), recursive: true);
        Directory.Delete(At("env/lib"), recursive: true);
        Assert.Null(Removed(Read(Target)).Failure);
        AssertGone();
    }

    [Fact]
    public void Environment_of_virtualenv_before_version_20_is_removed()
    {
        File.Delete(At("env/pyvenv.cfg"));
        Write("env/lib/python3.11/orig-prefix.txt", "/usr");
        File.Delete(At("env/bin/python"));
        File.Copy("/bin/sh", At("env/bin/python"));
        Assert.Null(Removed(Read(Target)).Failure);
        AssertGone();
    }

    [Fact]
    public void Preparation_changes_nothing()
    {
        string before = TreeSnapshot();
        Prepared(Read(Target)).Value();
        Assert.Equal(before, TreeSnapshot());
    }

    [Theory]
    [InlineData("setup.py")]
    [InlineData(".git/HEAD")]
    [InlineData("src/cloned/.git/HEAD")]
    public void Folder_with_other_files_is_removed_only_with_force(string other)
    {
        Write("env/" + other, "mine");
        Failure failure = Refused(Read(Target));
        Assert.Equal(FailureId.NotAVirtualEnvironment, failure.Id);
        Assert.Contains($"({other.Split('/')[0]})", failure.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(At("env/" + other)));
        Assert.Null(Removed(Read(Target), force: true).Failure);
        AssertGone();
    }

    [Theory]
    [InlineData("pipx_metadata.json", "Pipx", "pipx uninstall env")]
    [InlineData("uv-receipt.toml", "Uv", "uv tool uninstall env")]
    public void Environment_of_an_application_is_removed_only_with_force_and_with_a_warning(string file, string installer, string command)
    {
        Write("env/" + file, "{}");
        Failure failure = Refused(Read(Target));
        Assert.Equal($"'{Target}' belongs to an application that {installer.ToLowerInvariant()} installed; it was not removed.",
            failure.Message);
        Assert.Equal([$"Uninstall-PythonApplication env -Installer {installer}", $"Remove-PythonVenv {Target} -Force"],
            failure.Remedies.Commands());
        Outcome<VenvRemoval> prepared = Prepared(Read(Target), force: true);
        Assert.Equal(command, PosixRenderer.Instance.Render(Assert.Single(Assert.Single(prepared.Notices).Remedies)));
        Assert.Null(new VenvRemover(_machine).Remove(prepared.Value(), default).Failure);
        AssertGone();
    }

    [Fact]
    public void Environment_that_pipx_shares_between_applications_is_removed_only_with_force()
    {
        Write("home/.local/share/pipx/shared/pyvenv.cfg", "home = /gone/bin\nversion = 3.11.2\n");
        PythonEnvironment shared = Read(At("home/.local/share/pipx/shared"));
        Assert.Contains("contains the pip that all applications of pipx use", Refused(shared).Message, StringComparison.Ordinal);
        Assert.Null(Removed(shared, force: true).Failure);
        Assert.False(Directory.Exists(shared.Prefix));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("link/")]
    [InlineData("link/bin/python")]
    [InlineData("linked-bin/python")]
    public void Link_to_an_environment_is_refused_and_named(string path)
    {
        Directory.CreateSymbolicLink(At("link"), Target);
        Directory.CreateSymbolicLink(At("linked-bin"), At("env/bin"));
        Failure failure = Refused(Read(At(path)));
        Assert.Equal(FailureId.NotAVirtualEnvironment, failure.Id);
        Assert.Equal($"'{At(path.Split('/')[0])}' is a link to '{Target}'; nothing was removed.", failure.Message);
        Assert.True(File.Exists(At("env/pyvenv.cfg")));
    }

    [Fact]
    public void Environment_below_a_linked_folder_is_removed()
    {
        Directory.CreateSymbolicLink(At("project"), _folder);
        Assert.Null(Removed(Read(At("project/env"))).Failure);
        AssertGone();
    }

    [Fact]
    public void File_that_names_an_environment_is_refused()
    {
        Write(".venv", "env\n");
        Failure failure = Refused(Resolved(".venv").Value());
        Assert.Equal(FailureId.NotAVirtualEnvironment, failure.Id);
        Assert.StartsWith($"'{At(".venv")}' is a file that names '{Target}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Home_folder_is_never_removed()
    {
        Write("home/pyvenv.cfg", "home = /gone/bin\n");
        Assert.Contains("contains your home folder", Refused(Read(At("home")), force: true).Message, StringComparison.Ordinal);
        Write("pyvenv.cfg", "home = /gone/bin\n");
        Assert.Contains("contains your home folder", Refused(Read(_folder), force: true).Message, StringComparison.Ordinal);
    }

    /// <summary>Python reads a <c>pyvenv.cfg</c> beside its interpreter too (getpath.py).</summary>
    [Fact]
    public void Folder_above_a_pyvenv_cfg_in_bin_is_not_removed()
    {
        File.Move(At("env/pyvenv.cfg"), At("env/bin/pyvenv.cfg"));
        File.Delete(At("env/bin/python"));
        File.Copy("/bin/sh", At("env/bin/python"));
        PythonEnvironment environment = Read(At("env/bin/python"));
        Assert.True(environment.IsVirtual);
        Assert.Equal(FailureId.NotAVirtualEnvironment, Refused(environment, force: true).Id);
    }

    [Theory]
    [InlineData(nameof(VenvActivity.Entered))]
    [InlineData(nameof(VenvActivity.Elsewhere))]
    public void Active_environment_is_removed_only_with_force(string activity)
    {
        Outcome<VenvRemoval> refused = new VenvRemover(_machine).Prepare(Read(Target), Enum.Parse<VenvActivity>(activity), force: false);
        Assert.Equal(FailureId.EnvironmentBusy, refused.Failure!.Id);
        Assert.NotNull(new VenvRemover(_machine).Prepare(Read(Target), Enum.Parse<VenvActivity>(activity), force: true).OrNull());
    }

    [Fact]
    public void Environment_that_another_command_changes_is_refused_and_unchanged()
    {
        VenvRemoval removal = Prepared(Read(Target)).Value();
        var again = new ProductStep(ProductCommand.Install);
        using (EnvironmentLock held = EnvironmentLock.Take(_machine, Read(Target), TimeSpan.Zero, again, _ => { }, default).Value())
        {
            VenvRemovalResult result = new VenvRemover(_machine).Remove(removal, default);
            Assert.Equal(FailureId.EnvironmentBusy, result.Failure!.Id);
            Assert.False(result.IsRemoved);
            // The verdict of -WhatIf, once the other command has noted what it does.
            held.Write(new("install of x", again.With(ProductParameter.Package, "x")));
            Assert.Equal(FailureId.EnvironmentBusy, Refused(Read(Target)).Id);
            held.Clear();
        }
        Assert.Null(Removed(Read(Target)).Failure);
        AssertGone();
    }

    [Fact]
    public void Folder_that_was_exchanged_after_the_question_is_not_removed()
    {
        VenvRemoval removal = Prepared(Read(Target)).Value();
        Directory.Move(Target, At("aside"));
        Write("env/pyvenv.cfg", "home = /gone/bin\n");
        Assert.Equal(FailureId.VenvNotWritten, new VenvRemover(_machine).Remove(removal, default).Failure!.Id);
        Directory.Delete(Target, recursive: true);
        Directory.CreateSymbolicLink(Target, At("aside"));
        Assert.False(new VenvRemover(_machine).Remove(removal, default).IsRemoved);
        Assert.True(File.Exists(At("aside/pyvenv.cfg")));
        Assert.Empty(Directory.GetDirectories(_folder, ".pep668-*"));
    }

    [Fact]
    public void File_that_was_created_after_the_question_is_not_removed()
    {
        VenvRemoval removal = Prepared(Read(Target)).Value();
        Write("env/notes", "mine");
        Assert.False(new VenvRemover(_machine).Remove(removal, default).IsRemoved);
        Assert.Equal("mine", File.ReadAllText(At("env/notes")));
    }

    [Fact]
    public void Cancelled_removal_leaves_the_environment_as_it_was()
    {
        string before = TreeSnapshot();
        VenvRemoval removal = Prepared(Read(Target)).Value();
        Assert.Throws<OperationCanceledException>(() => new VenvRemover(_machine).Remove(removal, new CancellationToken(canceled: true)));
        Assert.Equal(before, TreeSnapshot());
    }

    [Fact]
    public void Killed_removal_is_undone_before_the_folder_is_verified_and_completed_after()
    {
        foreach (string name in (string[])["old", "tree"])
        {
            string aside = At(StagingName.NewName());
            Directory.CreateDirectory(aside);
            File.WriteAllText(Path.Combine(aside, "lock"), "env");
            Directory.Move(Target, Path.Combine(aside, name));
            StagedFolder.Recover(Target);
            Assert.False(Directory.Exists(aside));
            Assert.Equal(name is "old", Directory.Exists(Target));
        }
    }

    [Fact]
    public void Environment_below_a_root_is_refused() => Assert.Equal(
        FailureId.OfflineEnvironment, Refused(Read(Target) with { Root = "/mnt/image" }).Id);

    [Theory]
    [InlineData("3.11")]
    [InlineData(">=3.8")]
    public void Version_names_nothing_to_remove(string version)
    {
        using var world = new World().Python("/usr", "3.11.2").Venv("/home/user/.virtualenvs/one", "/usr", "3.11.2");
        var resolver = new EnvironmentResolver(new EnvironmentCatalog(world.Machine));
        Failure failure = RemovalTarget.Resolve(resolver, version).Failure!;
        Assert.Equal(FailureId.EnvironmentNotFound, failure.Id);
        Assert.Contains("is a version", failure.Message, StringComparison.Ordinal);
        Assert.Equal("one", RemovalTarget.Resolve(resolver, "one").Value().Name);
    }

    [Fact]
    public void Version_that_no_Python_has_is_refused_as_a_version()
    {
        using var world = new World().Python("/usr", "3.11.2");
        Failure failure = RemovalTarget.Resolve(new EnvironmentResolver(new EnvironmentCatalog(world.Machine)), "3.9").Failure!;
        Assert.Equal("'3.9' is a version; this parameter accepts the path or name of one virtual environment.", failure.Message);
        Assert.Equal(["Get-PythonEnvironment -Kind Virtual"], failure.Remedies.Select(PowerShellRenderer.Instance.Render));
    }

    [Fact]
    public void Name_that_no_environment_has_is_not_found_and_versions_are_not_mentioned()
    {
        using var world = new World().Python("/usr", "3.11.2").Venv("/home/user/.virtualenvs/one", "/usr", "3.11.2");
        Failure failure = RemovalTarget.Resolve(new EnvironmentResolver(new EnvironmentCatalog(world.Machine)), "two").Failure!;
        Assert.Equal(FailureId.EnvironmentNotFound, failure.Id);
        Assert.Equal("No virtual environment has the name or path 'two'; nothing was removed.", failure.Message);
        Assert.Equal(["Get-PythonEnvironment -Kind Virtual"], failure.Remedies.Select(PowerShellRenderer.Instance.Render));
    }

    [Fact]
    public void Name_of_several_environments_is_refused_with_their_paths()
    {
        using var world = new World().Python("/usr", "3.11.2").Venv("/home/user/.virtualenvs/one", "/usr", "3.11.2")
            .Venv("/home/user/project/.venv", "/usr", "3.11.2", "prompt = one\n");
        Failure failure = RemovalTarget.Resolve(new EnvironmentResolver(new EnvironmentCatalog(world.Machine)), "one").Failure!;
        Assert.Equal(FailureId.EnvironmentNotFound, failure.Id);
        Assert.Equal("'one' is the name of 2 virtual environments; nothing was removed.", failure.Message);
        Assert.Equal(
            ["Remove-PythonVenv /home/user/.virtualenvs/one", "Remove-PythonVenv /home/user/project/.venv"],
            failure.Remedies.Select(PowerShellRenderer.Instance.Render).Order(StringComparer.Ordinal));
    }

    /// <summary>The files of a <c>sudo pip</c>: nothing is deleted before they are found.</summary>
    [Fact]
    public void Folder_of_another_user_in_the_environment_is_named_and_nothing_is_changed()
    {
        foreach (string path in (string[])["env", "env/bin", "env/lib", "env/lib/python3.11"])
        {
            File.SetUnixFileMode(At(path), (UnixFileMode)0x1FF);
        }
        File.SetUnixFileMode(At("env/lib/python3.11/site-packages"), (UnixFileMode)0x1ED);
        Failure failure = new VenvRemover(_machine with { UserId = _machine.UserId + 1 })
            .Prepare(Read(Target), VenvActivity.None, force: true).Failure!;
        Assert.Equal(FailureId.VenvNotWritten, failure.Id);
        Assert.Contains($"in '{At("env/lib/python3.11/site-packages")}'", failure.Message, StringComparison.Ordinal);
        File.Delete(At("env/lib/python3.11/site-packages/module.py"));
        Assert.Null(DeletionObstacle.Find(_machine with { UserId = _machine.UserId + 1 }, Target));
    }

    [Fact]
    public void Content_is_deleted_in_place_where_the_folder_cannot_be_moved()
    {
        VenvRemoval removal = Prepared(Read(Target)).Value();
        using var parent = OpenFolder.Open(_folder);
        VenvRemovalResult result = VenvRemover.DeleteContent(removal, parent, "env", new IOException("Device or resource busy"));
        Assert.Null(result.Failure);
        Assert.Contains("device or resource busy", result.Reasons[0], StringComparison.Ordinal);
        AssertGone();
        Assert.Equal("kept", File.ReadAllText(At("outside/keep")));
    }

    /// <summary>A folder without Python does not hide a name elsewhere; here it does.</summary>
    [Fact]
    public void Existing_folder_is_only_a_path()
    {
        Failure failure = Resolved("outside").Failure!;
        Assert.Equal(FailureId.NotAVirtualEnvironment, failure.Id);
        Assert.Equal($"'{At("outside")}' is not a virtual environment: it has no pyvenv.cfg; it was not removed.", failure.Message);
    }

    private Outcome<PythonEnvironment> Resolved(string text) =>
        RemovalTarget.Resolve(new EnvironmentResolver(new EnvironmentCatalog(_machine)), text);

    private PythonEnvironment Read(string path) => new EnvironmentCatalog(_machine).ReadOne(path).Environment!;

    private Outcome<VenvRemoval> Prepared(PythonEnvironment environment, bool force = false) =>
        new VenvRemover(_machine).Prepare(environment, VenvActivity.None, force);

    private Failure Refused(PythonEnvironment environment, bool force = false)
    {
        Outcome<VenvRemoval> outcome = Prepared(environment, force);
        Assert.NotNull(outcome.Failure);
        return outcome.Failure;
    }

    private VenvRemovalResult Removed(PythonEnvironment environment, bool force = false) =>
        new VenvRemover(_machine).Remove(Prepared(environment, force).Value(), default);

    private void AssertGone()
    {
        Assert.False(Path.Exists(Target));
        Assert.Empty(Directory.GetFileSystemEntries(_folder, ".pep668-*"));
    }

    private string TreeSnapshot() =>
        string.Join('\n', Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));

    private string At(string path) => Path.Combine(_folder, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }
}
