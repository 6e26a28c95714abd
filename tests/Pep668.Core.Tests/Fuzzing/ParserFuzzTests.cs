using System.Text;
using Pep668.Discovery.Locators;
using Pep668.Distros;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Packages;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;
using Pep668.Requirements;
using Pep668.Text;
using Pep668.Versions;

namespace Pep668.Tests.Fuzzing;

/// <summary>No text, whatever is in it, makes a parser fail, and none takes long.</summary>
public sealed class ParserFuzzTests : IDisposable
{
    private const string Toml = """"
        # settings
        title = "a \u00e9 \t"
        [tool.uv]
        managed = true
        workspace = { members = ["packages/*", '**/x'], exclude = [] }
        [tool.uv.pip]
        break-system-packages = false
        numbers = [1, 0x1F, -1.5e3, inf, 1979-05-27T07:32:00Z, 07:32:00,
          [[], [1]], {a.b = 1, c = '''
        long'''}]
        [[tool.poetry.source]]
        name = "\\\"x"
        long = """x\
          y"""
        "quoted key".'other' = 1
        """";

    private const string Ini = """
        [DEFAULT]
        language = en
        [externally-managed]
        Error=To install Python packages system-wide, try apt install
         python3-xyz, where xyz is the package you are trying to
         install.

         See /usr/share/doc/python3.11/README.venv.
        Error-de_DE : Nein
        ; comment
        [global]
        break-system-packages = yes
        """;

    private const string Metadata = "Metadata-Version: 2.1\nName: requests\nVersion: 2.31.0\nSummary: é\n\nbody\n";

    private const string Record =
        "requests/__init__.py,sha256=abc_-,12\r\n\"a,\"\"b\",,\r\nrequests-2.31.0.dist-info/RECORD,,\r\n../../../bin/x,sha256=,1\r\n";

    private const string Report = """
        {"version": "1", "install": [{"download_info": {"url": "file:///x"}, "requested": true,
        "metadata": {"name": "six", "version": "1.16.0"}}]}
        """;

    private const string DirectUrl = """{"url": "file:///home/u/p", "dir_info": {"editable": true}, "x": "\ud83d\ude00"}""";

    private const string Answer =
        "{\"version\": \"3.11.2\", \"implementation\": \"CPython\", \"prefix\": \"/usr\", \"basePrefix\": \"/usr\", \"stdLib\": \"/x\", "
        + "\"scripts\": \"/b\", \"sitePackages\": [\"/a\"], \"isVirtual\": false}";

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Text_never_makes_a_parser_fail() => Fuzzer.Run(
    [
        new("TomlReader", bytes => TomlReader.Read(bytes), Bytes(Toml), Bytes("a.b.c=[{x=[1,{y=2}]}]\n[a.d]\n[[e]]\n[e.f]\n")),
        FuzzTarget.OfText("ConfigParser", text =>
        {
            foreach (ConfigParser.HeaderEnd end in Enum.GetValues<ConfigParser.HeaderEnd>())
            {
                _ = ConfigParser.Read(text, end).Error?.Describe(text);
            }
        }, Ini),
        new("MarkerFile", bytes => MarkerFile.Parse(bytes, "/m", "/usr", MarkerLanguage.Verbatim("de_DE")), Bytes(Ini)),
        new("RecordFile", bytes => RecordFile.Parse(bytes).FindDefect("/usr/lib/site", "six-1.dist-info", _ => false), Bytes(Record)),
        new("PlannedChange.FromReport", bytes => PlannedChange.FromReport(bytes), Bytes(Report)),
        FuzzTarget.OfText("PlannedChange.FromUv", text => PlannedChange.FromUv(text),
            " + six==1.16.0", " ~ name @ file:///x", " - a==1 (from https://x)"),
        FuzzTarget.OfText("OsRelease", text => OsRelease.Parse(text), "ID=debian\nVERSION_ID=\"12\"\nID_LIKE='a b'\n#c\n"),
        FuzzTarget.OfText("CondaConfig", text => _ = CondaConfig.EnvironmentFolders(text).Count(),
            "envs_dirs:\n  - ~/envs\n  - '/a b'  # c\nchannels: [x]\nenvs_path: [a, \"b\"]\n"),
        FuzzTarget.OfText("VariableText", text => VariableText.Expand(text, name => name is "A" ? "$A" : null), "$A/${A}/$B${C}x~"),
        FuzzTarget.OfText("PythonLiteral", text =>
        {
            _ = PythonLiteral.Literal(text, "x = ");
            _ = PythonLiteral.Repr(text);
        }, "x = \"1\"", "x = textwrap.dedent('''\\\n  a\n   b\n''')", "x = r'a'"),
        FuzzTarget.OfText("Pep440Version", text =>
        {
            if (Pep440Version.TryParse(text, out Pep440Version? version))
            {
                Assert.Equal(0, version.CompareTo(version));
                _ = version.GetHashCode();
            }
        }, "1!2.3.4a5.post6.dev7+ubuntu.8", "v3.14.0-rc.1", "2024.01.01-1"),
        FuzzTarget.OfText("VersionSpecifierSet", text =>
        {
            if (VersionSpecifierSet.TryParse(text, out VersionSpecifierSet? specifiers, out _))
            {
                _ = specifiers.ToString();
            }
        }, ">=3.8,<4,!=3.9.*,~=3.10.1,===x", "==1.0+local"),
        FuzzTarget.OfText("PythonRequest", text => _ = PythonRequest.TryParse(text, out _),
            "3.12", "cpython-3.12", "pp39", "3.13+freethreaded", ">=3.10,<3.13", "python3.12t", "312"),
        FuzzTarget.OfText("VersionNumbers", text => VersionNumbers.IsFinal(string.Join('.', VersionNumbers.Parse(text))), "3.12.1",
            "pypy3.9-7.3.11"),
        FuzzTarget.OfText("Requirement", text =>
        {
            if (Requirement.TryParse(text, out Requirement? requirement, out RequirementProblem? problem))
            {
                _ = requirement.ToString();
            }
            else
            {
                _ = problem.ToString();
            }
        }, "requests[security,socks]>=2.8.1,==2.8.* ; python_version < '3.9' and (os_name == 'nt' or extra == \"x\")",
            "name @ https://u:p@h/x.whl#sha256=1 ; python_version in '3.8, 3.9'", "a (>1)"),
        FuzzTarget.OfText("RequirementCondition", text =>
        {
            if (RequirementCondition.TryParse(text, out RequirementCondition? condition, out _))
            {
                _ = condition.ToString();
                _ = condition.TryEvaluate(new() { PythonVersion = "3.11", SysPlatform = "linux" }, out _, out _);
            }
        }, "python_version>='3.8' and (sys_platform=='linux' or 'x' not in platform_version)", "os.name == '\\x41\\'' or extra==\"a\""),
        FuzzTarget.OfText("ArchiveName", text =>
        {
            _ = ArchiveName.IsArchive(text);
            _ = ArchiveName.IsWheel(text) ? ArchiveName.ReadWheel(text) : null;
            _ = DistInfoName.Parse(text);
            _ = InterpreterName.Parse(text);
            _ = NormalizedName.Normalize(text);
            _ = HashedNames.EndsInHash(text) || HashedNames.HasHashInside(text);
        }, "six-1.16.0-1-py2.py3-none-any.whl", "six-1.16.0.dist-info", "pypy3.9", "python3.13td.exe", "p-aB3_-x9Q-py3.11", "a.tar.gz"),
        FuzzTarget.OfText("PipUrl", text =>
        {
            _ = PipUrl.IsUrl(text) && PipUrl.HasSoundHost(text);
            _ = PipUrl.FileName(text) + PipUrl.Egg(text) + PipUrl.IsVersionControl(text);
            _ = UrlCredentials.Redact(text);
            _ = UrlCredentials.Secrets(text);
        }, "git+https://user:pass@h.org/r.git@v1#egg=name[x]&subdirectory=d", "https://h/six-1-py3-none-any.whl?x#sha256=1"),
        FuzzTarget.OfText("PipTarget", text =>
        {
            _ = PipTarget.TryParse(text, _world.Machine, out _, out _);
            _ = PipTarget.TryParseEditable(text, _world.Machine, out _, out _);
        }, "six==1.16", "./x[a,b] ; os_name=='nt'", "git+ssh://h/x#egg=y", "file:///x%20y.whl", "~/p", "C:\\x"),
        FuzzTarget.OfText("EnvironmentVerifier", text => EnvironmentVerifier.ReadAnswer(text), $"noise\npep668-answer:{Answer}\nbye\n"),
    ], full: 300_000);

    [Fact]
    public void File_never_makes_a_reader_fail()
    {
        string record = Path.Combine("/site", "six-1.16.0.dist-info");
        _world.Python("/usr", "3.11.2", Ini).CreateFolder(record);
        Fuzzer.Run(
        [
            OfFile("Elf", "/opt/p/bin/python3.11", ReadProgram, RealProgram(), World.Program("3.11.2")),
            OfFile("Mach-O", "/opt/p/bin/python3.11", ReadProgram, Magic(0xCF, 0xFA, 0xED, 0xFE),
                Magic(0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 16)),
            OfFile("PE", "/opt/p/python.exe", ReadProgram, Magic(0x4D, 0x5A)),
            OfFile("pyvenv.cfg", "/home/user/v/pyvenv.cfg", () => new EnvironmentReader(_world.Machine.Files).Read("/home/user/v"),
                Bytes("home = /usr/bin\ninclude-system-site-packages = false\nversion_info = 3.11.2.final.0\nprompt = 'x'\nuv = 0.5\n")),
            OfFile("patchlevel.h", "/usr/include/python3.11/patchlevel.h",
                () => new EnvironmentReader(_world.Machine.Files).Read("/usr/bin/python3.11"),
                Bytes(World.PatchLevel(3, 11, 2, "PY_RELEASE_LEVEL_FINAL", 0))),
            OfFile("build-details.json", "/usr/lib/python3.11/build-details.json",
                () => new EnvironmentReader(_world.Machine.Files).Read("/usr/bin/python3.11"),
                Bytes("""{"language": {"version_info": {"major": 3, "minor": 14, "micro": 0, "releaselevel": "final", "serial": 0}}}""")),
            OfFile("pip/__init__.py", "/usr/lib/python3.11/site-packages/pip/__init__.py",
                () => new EnvironmentReader(_world.Machine.Files).Read("/usr/bin/python3.11"), Bytes("__version__ = \"23.0.1\"\n")),
            OfFile("activate", "/home/user/v/bin/activate", () => RecordedLocation.MadeFor(_world.Machine.Files, "/home/user/v/bin"),
                Bytes("VIRTUAL_ENV='/a b'\"c\"\\ d\nexport VIRTUAL_ENV\n")),
            OfFile("METADATA", record + "/METADATA", ReadDistributions, Bytes(Metadata)),
            OfFile("direct_url.json", record + "/direct_url.json", ReadDistributions, Bytes(DirectUrl)),
            OfFile(".egg-link", "/site/x.egg-link", ReadDistributions, Bytes("/home/user/p\n.\n")),
            OfFile("requirements.txt", "/home/user/project/requirements.txt",
                () => RequirementsFile.Read(_world.Machine, ["/home/user/project/requirements.txt"]),
                Bytes("six==1.16 --hash=sha256:1 # c\n-r requirements.txt\n-e ./x[a]#egg=y\n\\\n--requirement=other\nhttps://h/x.whl\n")),
        ], full: 60_000);
    }

    private void ReadProgram()
    {
        FileTree files = _world.Machine.Files;
        foreach (string path in (string[])["/opt/p/bin/python3.11", "/opt/p/python.exe"])
        {
            if (ExecutableFile.Read(files, path) is ExecutableFile program)
            {
                _ = new EmbeddedVersion().Find(files, path, program, "3.11");
            }
        }
    }

    private void ReadDistributions()
    {
        foreach (InstalledDistribution one in InstalledDistributions.Read(_world.Machine.Files, ["/site"]).All)
        {
            _ = one.Source(_world.Machine.Files);
        }
    }

    private FuzzTarget OfFile(string name, string path, Action read, params IReadOnlyList<byte[]> seeds) => new(name,
        bytes =>
        {
            _world.Write(path, bytes, executable: true);
            read();
        },
        seeds);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Magic(params byte[] start) => [.. start, .. new byte[400], .. "\u00003.11.2\0"u8];

    // The smallest real program at hand; its sections are what matters.
    private static byte[] RealProgram()
    {
        string path = ((string[])["/usr/bin/true", "/bin/true"]).FirstOrDefault(File.Exists) ?? "";
        return path.Length > 0 ? File.ReadAllBytes(path) : World.Program("3.11.2");
    }
}
