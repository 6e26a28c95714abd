using System.Text.Json;
using Pep668.Shells;
using Pep668.Text;

[assembly: AssemblyFixture(typeof(Pep668.Tests.PwshSession))]

namespace Pep668.Tests.Shells;

/// <summary>What a real pwsh reads from the commands of remedies.</summary>
public sealed class PowerShellRendererTests(PwshSession pwsh)
{
    // The parameters of the cmdlet, which has its own tests in a session with the module.
    private const string Cmdlet = """
        function Invoke-PipInstall {
            [CmdletBinding()]
            param(
                [Parameter(Position = 0)] [AllowEmptyString()] [string[]] $Package,
                [AllowEmptyString()] [string[]] $ArgumentList,
                [Parameter(ValueFromPipeline)] [psobject[]] $Environment,
                [switch] $Upgrade
            )
            process { $out.Add(@($Package; '|'; $ArgumentList; '|'; $Environment; '|'; [string] $Upgrade)) }
        }
        """;

    [Fact]
    public void Every_value_comes_back_as_an_argument_of_a_cmdlet() => GeneratedValues.Each(values =>
    {
        string[] commands = [.. values.Select(value => Render(
            new ProductStep(ProductCommand.Install).With(ProductParameter.Package, value, "x", value)
                .With(ProductParameter.ArgumentList, value).With(ProductParameter.Upgrade)
                .With(ProductParameter.Environment, value, value)))];
        Assert.All(commands, one => Assert.True(DisplayText.IsPlain(one)));
        string[][] found = Run(Cmdlet + "\n$data | ForEach-Object { & ([scriptblock]::Create($_)) }", commands);
        foreach ((string value, string[] words) in values.Zip(found))
        {
            Assert.Equal([value, "x", value, "|", value, "|", value, value, "|", "True"], words);
        }
        Assert.Equal(values.Count, found.Length);
    });

    [Fact]
    public void Every_value_comes_back_as_an_argument_of_a_program() => GeneratedValues.Each(values =>
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /usr/bin/printf");
        Assert.Null(PowerShellRenderer.Instance.Render(new("a reason", new ProgramStep("show", "--%"))));
        string[][] chunks = [.. values.Where(one => one != "--%").Chunk(40)];
        string[] commands = [.. chunks.Select(chunk => Render(new ProgramStep(["/usr/bin/printf", "%s\\0", "--", .. chunk])))];
        string[][] found = Run("""
            $data | ForEach-Object {
                $null = & ([scriptblock]::Create("$_ > out.bin"))
                $out.Add([System.IO.File]::ReadAllText("$PWD/out.bin").Split([char] 0))
            }
            """, commands);
        foreach ((string[] chunk, string[] words) in chunks.Zip(found))
        {
            Assert.Equal(["--", .. chunk, ""], words);
        }
    });

    [Fact]
    public void Program_with_a_hostile_path_is_run()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /usr/bin/printf");
        string[] names = ["plain", "with a blank", "it’s $x [a]", "3.10", "& | ; #", "a\nb $x"];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pep668-program-");
        try
        {
            string[] commands = [.. names.Select(name =>
            {
                string program = Path.Combine(folder.FullName, name);
                File.CreateSymbolicLink(program, "/usr/bin/printf");
                return Render(new ProgramStep(program, "%s", $"a b {name}") { NeedsRoot = false });
            })];
            string[][] found = Run("$data | ForEach-Object { $out.Add(@((& ([scriptblock]::Create($_))) -join \"`n\")) }", commands);
            Assert.Equal(names.Select(name => $"a b {name}"), found.Select(Assert.Single));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Paths_are_removed_and_variables_unset()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pep668-remove-");
        try
        {
            string star = OperatingSystem.IsWindows() ? "[e].txt" : "*";
            string[] folders = ["a[b]", "it’s", "-c", "d"], files = [star, "e.txt"];
            Array.ForEach(folders, one => File.WriteAllText(Path.Combine(folder.CreateSubdirectory(one).FullName, ".hidden"), ""));
            Array.ForEach(files, one => File.WriteAllText(Path.Combine(folder.FullName, one), ""));
            string kept = Path.Combine(folder.CreateSubdirectory("ab").FullName, "kept.txt");
            File.WriteAllText(kept, "");
            string command = Render(
                new RemovePathStep(true, [.. folders.Select(one => Path.Combine(folder.FullName, one))]),
                new RemovePathStep(false, Path.Combine(folder.FullName, star)), new UnsetVariableStep("PIP_break_system-packages"));
            string[][] found = Run("""
                [System.Environment]::SetEnvironmentVariable('PIP_break_system-packages', '1')
                & ([scriptblock]::Create($data[0]))
                $out.Add(@([string] [System.Environment]::GetEnvironmentVariable('PIP_break_system-packages')))
                """, [command]);
            Assert.Equal([[""]], found);
            Assert.Equal(["ab", "e.txt"], folder.GetFileSystemInfos().Select(one => one.Name).Order(StringComparer.Ordinal));
            Assert.True(File.Exists(kept));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("plain/path-1.0", "plain/path-1.0")]
    [InlineData("", "''")]
    [InlineData("3.10", "'3.10'")]
    [InlineData("x’; y", "'x’’; y'")]
    [InlineData("-v", "-v")]
    [InlineData("--no-deps", "--no-deps")]
    [InlineData("--%", "'--%'")]
    [InlineData("a\nb", "\"a`u{a}b\"")]
    [InlineData("\u001B[0m $x “`\u202E", "\"`u{1b}[0m `$x `“```u{202e}\"")]
    public void Value_is_quoted_no_more_than_needed(string value, string expected) =>
        Assert.Equal(expected, PowerShellRenderer.Instance.Quote(value));

    [Fact]
    public void Option_as_a_value_is_quoted_for_a_cmdlet_and_not_for_a_program() => Assert.Equal(
        "Invoke-PipInstall x -ArgumentList '-v', '--no-deps' && sed -n p",
        Render(
            new ProductStep(ProductCommand.Install).With(ProductParameter.Package, "x")
                .With(ProductParameter.ArgumentList, "-v", "--no-deps"),
            new ProgramStep("sed", "-n", "p")));

    [Fact]
    public void Environment_is_piped_where_the_step_before_provides_it() => Assert.Equal(
        "New-PythonVenv .venv | Invoke-PipInstall requests",
        Render(
            new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, ".venv"),
            new ProductStep(ProductCommand.Install).With(ProductParameter.Package, "requests")
                .With(ProductParameter.Environment, "./.venv") with { IsPiped = true }));

    private static string Render(params RemedyStep[] steps) =>
        Assert.IsType<string>(PowerShellRenderer.Instance.Render(new("a reason", steps)));

    private string[][] Run(string script, string[] commands) =>
        JsonSerializer.Deserialize<string[][]>(pwsh.Run(script, JsonSerializer.Serialize(commands)))!;
}
