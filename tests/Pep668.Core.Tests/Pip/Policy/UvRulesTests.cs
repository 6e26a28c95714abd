using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;


namespace Pep668.Tests.Pip.Policy;

/// <summary>The rules of uv, compared with the real uv.</summary>
public sealed class UvRulesTests(UvRulesTests.ManagedPython python) : IClassFixture<UvRulesTests.ManagedPython>
{
    private readonly string _folder = python.Folder;

    /// <summary>One Python for all cases: uv changes nothing in it.</summary>
    public sealed class ManagedPython : IDisposable
    {
        internal string Folder { get; } = Directory.CreateTempSubdirectory("pep668-policy-uv-").FullName;

        internal string Executable => field ??= CopiedPython.Make(Path.Combine(Folder, "python"), Interpreters.Newest(), marker: true);

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Arguments, variables, the text of a <c>uv.toml</c>, and the bypass that occurs.</summary>
    public static TheoryData<string, string, string, string> Cases() => new()
    {
        { "", "", "", nameof(PolicyBypass.None) },
        { "--dry-run", "", "", nameof(PolicyBypass.None) },
        { "--break-system-packages", "", "", nameof(PolicyBypass.None) },
        { "--no-break-system-packages", "", "[pip]\nbreak-system-packages = true\n", nameof(PolicyBypass.None) },
        { "--break-system-packages --no-break-system-packages", "", "", nameof(PolicyBypass.None) },
        { "", "UV_BREAK_SYSTEM_PACKAGES=1", "", nameof(PolicyBypass.None) },
        { "", "PIP_BREAK_SYSTEM_PACKAGES=1", "", nameof(PolicyBypass.None) },
        { "", "PIP_REQUIRE_VIRTUALENV=1", "", nameof(PolicyBypass.None) },
        { "", "PIP_TARGET={free}", "", nameof(PolicyBypass.None) },
        { "", "", "[pip]\nbreak-system-packages = true\n", nameof(PolicyBypass.None) },
        { "--no-config", "", "[pip]\nbreak-system-packages = true\n", nameof(PolicyBypass.None) },
        { "--target {free}", "", "", nameof(PolicyBypass.None) },
        { "--prefix={free}", "", "", nameof(PolicyBypass.None) },
        { "--target {site}", "", "", nameof(PolicyBypass.Target) },
        { "--target={site}", "", "", nameof(PolicyBypass.Target) },
        { "--prefix {prefix}", "", "", nameof(PolicyBypass.Prefix) },
        { "--prefix {prefix}/lib/..", "", "", nameof(PolicyBypass.Prefix) },
        { "", "", "[pip]\ntarget = \"{site}\"\n", nameof(PolicyBypass.Target) },
        { "", "", "[pip]\nprefix = \"{prefix}\"\n", nameof(PolicyBypass.Prefix) },
        { "--target {free}", "", "[pip]\ntarget = \"{site}\"\n", nameof(PolicyBypass.None) },
        { "--directory {site}", "", "[pip]\nbreak-system-packages = true\n", nameof(PolicyBypass.None) },
        { "--directory {site} --target .", "", "", nameof(PolicyBypass.Target) },
        { "--config-file {folder}/work/uv.toml --directory {site}", "", "[pip]\nbreak-system-packages = true\n",
            nameof(PolicyBypass.None) },
        { "--no-config", "", "[pip]\ntarget = \"{free}\"\n", nameof(PolicyBypass.None) },
        { "--index-strategy first-index -U", "", "", nameof(PolicyBypass.None) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Policy_refuses_what_uv_refuses_and_the_named_bypasses(string arguments, string variables, string file, string hole)
    {
        string? uv = Tool.Find("uv");
        Assert.SkipWhen(uv is null, "needs uv");
        PythonEnvironment environment = new EnvironmentReader(FileTree.Host).Read(python.Executable).Environment!;
        string work = Directory.CreateDirectory(Path.Combine(_folder, "work")).FullName;
        var world = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = _folder, ["PATH"] = "/usr/bin:/bin" };
        foreach (string[] pair in variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('=', 2)))
        {
            world[pair[0]] = Fill(pair[1]);
        }
        File.WriteAllText(Path.Combine(work, "uv.toml"), Fill(file));
        string[] words = Fill(arguments).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (PipAction action in Enum.GetValues<PipAction>())
        {
            if (action == PipAction.Uninstall && words.Any(word => word is "--index-strategy" or "--dry-run"))
            {
                continue;
            }
            string[] command = ["pip", action == PipAction.Install ? "install" : "uninstall", "--python", python.Executable, "--offline",
                .. words, .. action == PipAction.Install ? (string[])["--no-index"] : [], "nothing-here"];
            string text = Tool.Run(uv!, command, work, world).Error;
            bool refused = text.Contains("externally managed", StringComparison.Ordinal);
            Assert.True(refused || text.Contains("nothing-here", StringComparison.Ordinal), text);

            var machine = new Machine
            {
                Files = FileTree.Host,
                Variables = world,
                Platform = Platform.Linux,
                Home = _folder,
                CurrentDirectory = work,
            };
            PipVerdict verdict = PipPolicy.Decide(machine, new(action, environment) { Installer = PipInstaller.Uv, Arguments = words },
                MarkerLanguage.Untranslated);
            Assert.Equal(hole, verdict.Bypass.ToString());
            Assert.True(hole != nameof(PolicyBypass.None) == (!refused && verdict.Refusal is not null)
                && (!refused || verdict.Refusal is not null), text + verdict.Refusal?.Message);
        }

        string Fill(string value) => value.Replace("{folder}", _folder).Replace("{free}", _folder + "/free")
            .Replace("{site}", environment.SitePackages[0]).Replace("{prefix}", environment.Prefix);
    }
}
