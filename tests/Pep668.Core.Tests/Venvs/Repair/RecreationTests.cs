using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Environments;
using Pep668.Shells;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Repair;

namespace Pep668.Tests.Venvs.Repair;

/// <summary>An environment that cannot be repaired is recommended to be created again, with its options, base and
/// packages.</summary>
public sealed class RecreationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-again-").FullName;
    private readonly VenvMaker _maker;
    private readonly EnvironmentCatalog _catalog;

    public RecreationTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX links and modes");
        _maker = new VenvMaker(SharedSeeds.Cache);
        _catalog = new(_maker.Catalog.Machine with
        {
            Variables = new Dictionary<string, string>(_maker.Catalog.Machine.Variables, StringComparer.Ordinal)
            {
                ["PATH"] = Path.GetDirectoryName(_maker.Python.Executable)!,
            },
        });
    }

    private string Target => Path.Combine(_folder, "env");

    private string Base => PowerShellRenderer.Instance.Quote(_maker.Python.Executable);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Environment_of_another_version_keeps_its_base_options_and_packages()
    {
        MakeForAnotherVersion();
        VenvRepair repair = Prepare();
        Assert.Equal(FailureId.VenvBroken, repair.Refusal!.Id);
        Assert.Contains("cannot be repaired: it was created for Python 3.4, but its base is now", repair.Refusal.Message,
            StringComparison.Ordinal);
        string options = $"-Python {Base} -Prompt mine -SystemSitePackages";
        Assert.Equal([$"New-PythonVenv /env {options} -Force | Invoke-PipInstall 'other==2', 'some-thing==1.5'"],
            Commands(repair.Refusal.Remedies));
        Assert.EndsWith(" --force && pep668 install other==2 some-thing==1.5 --environment /env",
            Plain(repair.Refusal.Remedies.PosixCommands()[0]), StringComparison.Ordinal);
        // The warning of Test-PythonVenv recommends the same.
        VenvDefect defect = Assert.Single(repair.Examination.Defects);
        Assert.Equal(Commands(repair.Refusal.Remedies), Commands(defect.ToNotice(repair.Environment, showsRepair: true).Remedies));
    }

    [Fact]
    public void Environment_with_other_files_is_created_again_beside_it()
    {
        MakeForAnotherVersion();
        File.WriteAllText(Path.Combine(Target, "setup.py"), "mine");
        string command = Assert.Single(Commands(Prepare().Refusal!.Remedies));
        Assert.StartsWith($"New-PythonVenv /env2 -Python {Base} ", command, StringComparison.Ordinal);
        Assert.DoesNotContain("-Force", command, StringComparison.Ordinal);
        Assert.Contains(" | Invoke-PipInstall ", command, StringComparison.Ordinal);
        Directory.CreateDirectory(Target + "2");
        Assert.Empty(Prepare().Refusal!.Remedies);
    }

    [Fact]
    public void Environment_whose_base_is_missing_uses_a_Python_that_exists()
    {
        MakeForAnotherVersion();
        foreach (string link in Directory.GetFiles(Path.Combine(Target, "bin"), "python*"))
        {
            File.Delete(link);
        }
        File.CreateSymbolicLink(Path.Combine(Target, "bin", "python"), "/missing/bin/python3.4");
        File.WriteAllText(Path.Combine(Target, "pyvenv.cfg"),
            "home = /missing/bin\ninclude-system-site-packages = false\nversion = 3.4.1\n");
        VenvRepair repair = Prepare();
        Assert.Contains("its base Python in '/missing/bin' was not found, and no other Python 3.4 was found", repair.Refusal!.Message,
            StringComparison.Ordinal);
        Remedy remedy = repair.Refusal.Remedies[0];
        var create = (ProductStep)remedy.Steps[0];
        string python = create.Arguments.Single(argument => argument.Parameter == ProductParameter.Python).Values[0];
        PythonEnvironment found = new EnvironmentResolver(_catalog).ResolveBase(python).Value();
        Assert.Equal(EnvironmentHealth.Healthy, found.Health);
        Assert.Null(new VenvBuilder(_catalog, _maker.Cache).Create(new(Target, found) { Replace = true }, default).Failure);
        Assert.EndsWith("-Force | Invoke-PipInstall 'other==2', 'some-thing==1.5'", Commands([remedy])[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_without_base_and_library_keeps_its_version()
    {
        MakeForAnotherVersion();
        foreach (string link in Directory.GetFiles(Path.Combine(Target, "bin"), "python*"))
        {
            File.Delete(link);
        }
        File.CreateSymbolicLink(Path.Combine(Target, "bin", "python"), "/missing/bin/python3.99");
        Directory.Delete(Path.Combine(Target, "lib"), recursive: true);
        File.WriteAllText(Path.Combine(Target, "pyvenv.cfg"), "home = /missing/bin\nversion = 3.99.0\n");
        string before = TreeSnapshot.Describe(Target);
        VenvRepair repair = Prepare();
        Assert.Contains("its base Python in '/missing/bin' was not found, and no other Python 3.99 was found", repair.Refusal?.Message);
        Assert.NotNull(new VenvRepairer(_catalog, _maker.Cache).Repair(repair, TestContext.Current.CancellationToken).Failure);
        Assert.Equal(before, TreeSnapshot.Describe(Target));
    }

    [Fact]
    public void Defect_that_can_be_repaired_recommends_the_repair_only()
    {
        Assert.Null(_maker.Make(Target).Failure);
        string moved = Path.Combine(_folder, "it’s moved");
        Directory.Move(Target, moved);
        PythonEnvironment environment = _catalog.ReadOne(moved).Environment!;
        VenvDefect defect = VenvExaminer.Examine(_catalog, environment).Defects.First(one => !one.IsHarmless);
        Notice notice = defect.ToNotice(environment, showsRepair: true);
        Assert.StartsWith($"'{moved}' is damaged; it was moved here from '{Target}'", notice.Message, StringComparison.Ordinal);
        Assert.Equal(["Repair-PythonVenv '/it’’s moved'"], Commands(notice.Remedies));
        Assert.Empty(notice.Remedies.PosixCommands());
    }

    private void MakeForAnotherVersion()
    {
        Assert.Null(_maker.Make(Target, request => request with { Prompt = "mine", SystemSitePackages = true }).Failure);
        string packages = Path.Combine(Target, "lib", _maker.Series, "site-packages");
        Directory.CreateDirectory(Path.Combine(packages, "some_thing-1.5.dist-info"));
        Directory.CreateDirectory(Path.Combine(packages, "other-2.dist-info"));
        Directory.Move(Path.Combine(Target, "lib", _maker.Series), Path.Combine(Target, "lib", "python3.4"));
    }

    private VenvRepair Prepare() => new VenvRepairer(_catalog, _maker.Cache).Prepare(_catalog.ReadOne(Target).Environment!, null);

    private string[] Commands(IReadOnlyList<Remedy> remedies) => [.. remedies.Commands().Select(Plain)];

    private string Plain(string command) => command.Replace(_folder, "", StringComparison.Ordinal);
}
