using System.Text.Json;
using Pep668.Cli.Ansible;

namespace Pep668.Tests.Ansible;

/// <summary>The collection in real Ansible. In <c>playbook.yml</c> every task states what it must report.</summary>
public sealed class AnsiblePlaybookTests : IDisposable
{
    private readonly AnsibleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Playbook_reports_what_it_changes_with_the_program_of_the_target() => Play(_world.WithSource().WithCompanion());

    [Fact]
    public void Playbook_reports_what_it_changes_with_the_program_of_the_collection()
    {
        TestExtent.NeedFull();
        Play(_world.WithArchive(Compiled()));
    }

    [Fact]
    public void Archive_is_accepted_and_documents_the_parameters_of_the_modules()
    {
        _world.WithArchive();
        Assert.Contains("Successfully verified", _world.Run("ansible-galaxy", "collection", "verify", "--offline", "pep668.pep668",
            "-p", _world.Companion.At("/collections")).Exits(0).Output);
        string[] names = [.. AnsibleModule.All.Select(one => "pep668.pep668." + one.Name)];
        Assert.Equal(names.Order(StringComparer.Ordinal), _world.Run("ansible-doc", "-t", "module", "-l", "pep668.pep668").Exits(0)
            .Lines().Select(line => line.Split(' ')[0]));
        JsonElement pages = JsonSerializer.Deserialize<JsonElement>(
            _world.Run(["ansible-doc", "-t", "module", "-j", .. names]).Exits(0).Output);
        foreach (AnsibleModule module in AnsibleModule.All)
        {
            JsonElement page = pages.GetProperty("pep668.pep668." + module.Name), doc = page.GetProperty("doc");
            JsonElement options = doc.GetProperty("options");
            Assert.Equal(
                module.Names.Order(StringComparer.Ordinal),
                options.EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal));
            Assert.Equal(module.States, options.TryGetProperty(AnsibleModule.State, out JsonElement state)
                ? state.GetProperty("choices").EnumerateArray().Select(one => one.GetString()!) : []);
            Assert.All((string[])["check_mode", "diff_mode", "platform"], one => doc.GetProperty("attributes").GetProperty(one));
            Assert.NotEqual(JsonValueKind.Null, page.GetProperty("examples").ValueKind);
            Assert.Superset(
                (module.Resource.CanSet ? module.Resource.Properties.Where(one => one.Access != DesiredState.ResourceAccess.Option)
                    .Select(one => AnsibleModule.NameOf(one.Name)) : ["environments"]).Append("error_id").ToHashSet(StringComparer.Ordinal),
                page.GetProperty("return").EnumerateObject().Select(one => one.Name).ToHashSet(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Collection_has_the_version_of_the_product()
    {
        string version = File.ReadLines(SourceTree.Manifest)
            .Single(line => line.Contains("ModuleVersion", StringComparison.Ordinal)).Split('\'')[1];
        Assert.Contains($"\nversion: {version}\n", File.ReadAllText(SourceTree.File("ansible/galaxy.yml")));
        Assert.Contains($"\n  {version}:\n", File.ReadAllText(SourceTree.File("ansible/changelogs/changelog.yaml")));
    }

    [Theory]
    [InlineData("Linux riscv64", "pep668_info does not support Linux riscv64; it supports Linux on x86_64 and aarch64.")]
    [InlineData("Linux aarch64", "This collection has no program for aarch64", "/lib/ld-linux-aarch64.so.1")]
    [FullInlineData("Linux aarch64", "pep668_info needs glibc: the target has no '/lib/ld-linux-aarch64.so.1'.")]
    [FullInlineData("Darwin arm64", "pep668_info does not support Darwin arm64; it supports Linux on x86_64 and aarch64.")]
    public void Target_without_a_program_is_reported(string system, string message, string loader = "")
    {
        // The target answers in its own words; only what it has is imitated.
        _world.WithSource().WithProgram("uname", $"echo {system}");
        if (loader.Length > 0)
        {
            string actions = Path.Combine(_world.Collection, "plugins", "plugin_utils", "companion.py");
            File.WriteAllText(actions, File.ReadAllText(actions).Replace(loader, "/bin/sh", StringComparison.Ordinal));
        }
        Assert.Contains(message, Flat(_world.Task("pep668_info", "")));
    }

    [Fact]
    public void Program_without_the_modules_is_reported() => Assert.Contains("returned no result: pep668: Unknown command",
        Flat(_world.WithSource().WithProgram("pep668", "echo \"pep668: Unknown command 'ansible'.\" >&2; exit 2").Task("pep668_info", "")));

    [Fact]
    public void Password_of_an_index_is_in_no_output_and_in_no_argument()
    {
        string arguments = _world.Companion.At("/arguments"), venv = _world.Companion.At("/home/user/env");
        _world.WithSource().WithCompanion();
        string program = Path.Combine(_world.Companion.At("/bin"), "pep668");
        File.WriteAllText(program,
            File.ReadAllText(program).Replace("exec ", $"echo \"$@\" >> '{arguments}'\nexec ", StringComparison.Ordinal));
        CompanionResult result = _world.Run("ansible", "localhost", "-vvv", "-m", "pep668.pep668.pep668_venv", "-a",
            $"path={venv} state=absent index_url=https://user:Secret-1@127.0.0.1/simple");
        Assert.Contains("\"state\": \"absent\"", result.Exits(0).Output);
        Assert.Equal("ansible pep668_venv\n", File.ReadAllText(arguments));
        Assert.DoesNotContain("Secret-1", result.Output + result.Error, StringComparison.Ordinal);
    }

    private static void Play(AnsibleWorld world)
    {
        world.Companion.World.Python("/managed", "3.11.2", "[externally-managed]\nError=Use apt.\n")
            .Write("/managed/lib/python3.11/site-packages/pip/__init__.py", "__version__ = '24.2'\n");
        string playbook = SourceTree.File("tests/Pep668.Cli.Tests/Ansible/playbook.yml");
        bool systemRefuses = File.Exists("/usr/bin/pip3") && Directory.GetDirectories("/usr/lib", "python3.*")
            .Any(one => File.Exists(Path.Combine(one, "EXTERNALLY-MANAGED")));
        CompanionResult result = world.Play(playbook, new(StringComparer.Ordinal)
        {
            ["venv"] = world.Companion.At("/home/user/env"),
            ["python"] = Interpreters.Newest(Needs.Ensurepip).Executable,
            ["venv_command"] = VenvCommand(world),
            ["wheels"] = new WheelHouse(world.Companion.At("/wheels")).Folder,
            ["managed"] = world.Companion.At("/managed/bin/python3.11"),
            ["user"] = Environment.UserName,
            ["system_refuses"] = systemRefuses ? "yes" : "no",
        });
        int tasks = File.ReadLines(playbook).Count(line => line.StartsWith("    - name:", StringComparison.Ordinal));
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        int skipped = systemRefuses ? 0 : 1;
        Assert.Matches($@"localhost +: ok={tasks - skipped} .* failed=0 +skipped={skipped}", result.Output);
    }

    // The command with which ansible.builtin.pip creates an environment: a real one takes seconds.
    private static string VenvCommand(AnsibleWorld world)
    {
        string python = Interpreters.Newest(Needs.Ensurepip).Executable;
        if (TestExtent.IsFull)
        {
            return python + " -m venv";
        }
        world.WithProgram("create", $"[ \"$1\" = --help ] || exec pep668 venv \"$3\" --python '{python}'");
        return Path.Combine(world.Companion.At("/bin"), "create") + " -m venv";
    }

    private static string Flat(CompanionResult result)
    {
        Assert.NotEqual(0, result.ExitCode);
        return result.Output + result.Error;
    }

    private string Compiled()
    {
        if (Companion.Command is [string compiled])
        {
            return compiled;
        }
        string folder = _world.Companion.At("/published");
        Tool.Run("dotnet", ["publish", SourceTree.File("src/Pep668.Cli"), "--configuration", "Release", "--use-current-runtime", "--output",
            folder, "--nologo"]).Checked();
        return Path.Combine(folder, "pep668");
    }
}
