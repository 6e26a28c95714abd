using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Environments;
using Pep668.Shells;
using Pep668.Venvs.Creation;

namespace Pep668.Tests.Venvs.Creation;

/// <summary>Each remedy of an environment that was not created keeps what the user gave, and succeeds if it is
/// followed.</summary>
public sealed class VenvRemedyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-remedy-").FullName;
    private readonly VenvMaker _maker;
    private EnvironmentCatalog _catalog;

    public VenvRemedyTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX links and modes");
        _maker = new VenvMaker(Path.Combine(_folder, "cache"), Needs.Venv);
        _catalog = _maker.Catalog;
    }

    private string Target => Path.Combine(_folder, "env");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Existing_environment_that_matches_can_be_reused_replaced_or_created_beside()
    {
        Make(Bare);
        Failure failure = Refused(Bare);
        Assert.Equal($"'{Target}' exists and is a virtual environment.", failure.Message);
        Assert.Equal(
            [
                "New-PythonVenv /env -WithoutPip -ReuseExisting", "New-PythonVenv /env -WithoutPip -Force",
                "New-PythonVenv /env2 -WithoutPip",
            ],
            Commands(failure));
        Assert.Equal([false, true, true], failure.Remedies.Select(remedy => Follow(remedy).Changed));
        // The third one took the name.
        Assert.DoesNotContain("New-PythonVenv /env2 -WithoutPip", Commands(Refused(Bare)));
    }

    [Fact]
    public void Existing_environment_that_does_not_match_cannot_be_reused()
    {
        Make(Bare);
        Assert.DoesNotContain(Commands(Refused(request => Bare(request) with { SystemSitePackages = true })), IsReuse);
        Assert.DoesNotContain(Commands(Refused(request => Bare(request) with { Prompt = "another" })), IsReuse);
        File.Delete(Path.Combine(Target, "bin", "python"));
        File.Delete(Path.Combine(Target, "bin", "python3"));
        File.Delete(Path.Combine(Target, "bin", _maker.Series));
        Failure failure = Refused(Bare);
        Assert.Equal(["New-PythonVenv /env -WithoutPip -Force", "New-PythonVenv /env2 -WithoutPip"], Commands(failure));
        Assert.All(failure.Remedies, remedy => Assert.True(Follow(remedy).Changed));
    }

    [Fact]
    public void Mismatch_of_reuse_is_replaced_and_reused_from_then_on()
    {
        Make(Bare);
        Failure failure = Refused(request => Bare(request) with { Reuse = true, Prompt = "another" });
        Assert.Equal(
            ["New-PythonVenv /env -Prompt another -WithoutPip -Force -ReuseExisting", "New-PythonVenv /env2 -Prompt another -WithoutPip"],
            Commands(failure));
        Assert.True(Follow(failure.Remedies[0]).Changed);
        Assert.False(Follow(failure.Remedies[0]).Changed);
    }

    // What can be replaced and not reused.
    private static void Broken(string folder) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, "pyvenv.cfg"), "home = /none\n");

    [Fact]
    public void Options_and_the_given_Python_are_kept()
    {
        Broken(Target);
        Failure failure = Refused(request => Bare(request) with { IsPythonGiven = true, Prompt = "it’s", SystemSitePackages = true });
        string options =
            $"-Python {PowerShellRenderer.Instance.Quote(_maker.Python.Executable)} -Prompt 'it’’s' -SystemSitePackages -WithoutPip";
        Assert.Equal([$"New-PythonVenv /env {options} -Force", $"New-PythonVenv /env2 {options}"], Commands(failure));
        Assert.All(failure.Remedies, remedy =>
        {
            PythonEnvironment made = Follow(remedy).Environment;
            Assert.Equal((_maker.Python.StdLib, "it’s", true), (made.StdLib, made.Config!.Prompt, made.IncludeSystemSitePackages));
        });
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Folder_with_other_files_is_never_recommended_for_replacement(bool isVenv, bool replace)
    {
        if (isVenv)
        {
            Make(Bare);
        }
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "setup.py"), "mine");
        Failure failure = Refused(request => Bare(request) with { Replace = replace });
        string[] beside = ["New-PythonVenv /env2 -WithoutPip"];
        string[] reuse = isVenv ? ["New-PythonVenv /env -WithoutPip -ReuseExisting"] : [];
        Assert.Equal([.. reuse, .. beside], Commands(failure));
        Assert.All(failure.Remedies, remedy => Follow(remedy));
        Assert.Equal(reuse, Commands(Refused(request => Bare(request) with { Replace = replace })));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Target, "setup.py")));
    }

    // Once the name of an option was replaced in the text of the command.
    [Theory]
    [InlineData("my-Force", "New-PythonVenv /my-Force -WithoutPip -Force", "pep668 venv /my-Force --without-pip --force")]
    [InlineData("it’s", "New-PythonVenv '/it’’s' -WithoutPip -Force", "pep668 venv '/it’s' --without-pip --force")]
    [InlineData("-Python x", "New-PythonVenv '/-Python x' -WithoutPip -Force", "pep668 venv '/-Python x' --without-pip --force")]
    public void Hostile_name_of_an_existing_folder_is_unchanged_in_every_shell(string name, string powerShell, string posix)
    {
        Broken(Path.Combine(_folder, name));
        Failure failure = Refused(Bare, Path.Combine(_folder, name));
        Assert.Equal(powerShell, Commands(failure)[0]);
        Assert.Equal(posix, failure.Remedies.PosixCommands()[0].Replace(_folder, "", StringComparison.Ordinal));
        Assert.All(failure.Remedies, remedy => Assert.True(Follow(remedy).Changed));
    }

    [Fact]
    public void Name_at_the_length_limit_has_no_longer_name_beside_it()
    {
        string name = new('n', 255);
        Broken(Path.Combine(_folder, name));
        Assert.Equal([$"New-PythonVenv /{name} -WithoutPip -Force"], Commands(Refused(Bare, Path.Combine(_folder, name))));
    }

    [Fact]
    public void Unwritable_folder_recommends_the_home_folder_if_the_name_is_free_there()
    {
        Assert.SkipUnless(File.Exists("/proc/self/stat"), "needs a mounted /proc");
        Failure failure = Refused(Bare, "/proc/env");
        Assert.Equal(["New-PythonVenv /env -WithoutPip"], Commands(failure));
        Assert.IsAssignableFrom<IOException>(failure.Cause);
        Assert.Equal(2, failure.Message.Split("/proc/").Length);
        Assert.True(Follow(Assert.Single(failure.Remedies)).Changed);
        Assert.Empty(Refused(Bare, "/proc/env").Remedies);
    }

    [Fact]
    public void Problem_that_the_home_folder_does_not_solve_has_no_remedy()
    {
        Assert.Empty(Refused(Bare, Path.Combine(_folder, new string('n', 256))).Remedies);
        File.WriteAllText(Path.Combine(_folder, "file"), "mine");
        Failure failure = Refused(Bare, Path.Combine(_folder, "file", "sub"));
        Assert.Empty(failure.Remedies);
        Assert.IsAssignableFrom<IOException>(failure.Cause);
    }

    [Fact]
    public void Path_with_the_separator_of_PATH_is_recommended_without_it()
    {
        Failure failure = Refused(Bare, Path.Combine(_folder, "a:b\nc"));
        Assert.Equal(["New-PythonVenv /a-b-c -WithoutPip"], Commands(failure));
        Assert.True(Follow(failure.Remedies[0]).Changed);
        Assert.Empty(Refused(Bare, Path.Combine(_folder, "a:b", "env")).Remedies);
    }

    [Fact]
    public void Python_that_cannot_be_used_is_replaced_by_one_that_can()
    {
        var variables = new Dictionary<string, string>(_catalog.Machine.Variables, StringComparer.Ordinal)
        {
            ["PATH"] = Path.GetDirectoryName(_maker.Python.Executable)!,
        };
        _catalog = new(_catalog.Machine with { Variables = variables });
        var missing = new PythonEnvironment { Kind = EnvironmentKind.Global, Executable = "/missing/bin/python3", Prefix = "/missing" };
        PythonEnvironment offline = _maker.Python with { Root = "/root" };
        foreach (PythonEnvironment python in (PythonEnvironment[])[missing, offline])
        {
            Failure failure = Refused(request => Bare(request) with { Python = python, Prompt = "p" });
            Assert.StartsWith("New-PythonVenv /env -Python ", Commands(failure)[0], StringComparison.Ordinal);
            Assert.EndsWith(" -Prompt p -WithoutPip", Commands(failure)[0], StringComparison.Ordinal);
            Assert.Equal("Get-PythonEnvironment -Kind Global -Version '>=3.6'", Commands(failure)[1]);
            Assert.True(Follow(failure.Remedies[0]).Changed);
            Directory.Delete(Target, recursive: true);
        }
    }

    private static bool IsReuse(string command) => command.Contains("-ReuseExisting", StringComparison.Ordinal);

    private static VenvRequest Bare(VenvRequest request) => request with { WithoutPip = true };

    private string[] Commands(Failure failure) =>
        [.. failure.Remedies.Commands().Select(command => command.Replace(_folder, "", StringComparison.Ordinal))];

    private void Make(Func<VenvRequest, VenvRequest> with) => Assert.True(_maker.Make(Target, with).Value().Changed);

    private Failure Refused(Func<VenvRequest, VenvRequest> with, string? target = null)
    {
        Outcome<VenvResult> outcome = new VenvBuilder(_catalog, _maker.Cache).Create(with(new(target ?? Target, _maker.Python)), default);
        Assert.Null(outcome.OrNull());
        return outcome.Failure!;
    }

    // What the command of a remedy does.
    private VenvResult Follow(Remedy remedy)
    {
        ProductStep step = Assert.IsType<ProductStep>(Assert.Single(remedy.Steps));
        Assert.Equal(ProductCommand.CreateVenv, step.Command);
        PythonEnvironment python = Value(ProductParameter.Python) is string text
            ? new EnvironmentResolver(_catalog).ResolveBase(text).Value() : _maker.Python;
        return new VenvBuilder(_catalog, _maker.Cache).Create(new(Value(ProductParameter.Path)!, python)
        {
            Prompt = Value(ProductParameter.Prompt),
            SystemSitePackages = Has(ProductParameter.SystemSitePackages),
            WithoutPip = Has(ProductParameter.WithoutPip),
            Replace = Has(ProductParameter.Force),
            Reuse = Has(ProductParameter.ReuseExisting),
        }, default).Value();

        bool Has(ProductParameter parameter) => step.Arguments.Any(argument => argument.Parameter == parameter);

        string? Value(ProductParameter parameter) =>
            step.Arguments.FirstOrDefault(argument => argument.Parameter == parameter)?.Values is [string value] ? value : null;
    }
}
