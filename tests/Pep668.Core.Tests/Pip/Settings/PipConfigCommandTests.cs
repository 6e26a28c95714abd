using System.Text;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Settings;

namespace Pep668.Tests.Pip.Settings;

/// <summary>The same in separate processes: <c>pip config list</c> and <c>pip config debug</c> in real environments,
/// with several locales.</summary>
public sealed class PipConfigCommandTests(VenvWorld world) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-pip-config-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Names => [.. TestExtent.Some<string>(["managed"], ["2.7", "newest", "3.7"])];

    [Theory]
    [MemberData(nameof(Names))]
    public void Configuration_equals_the_output_of_pip_config(string name)
    {
        string python = Interpreters.Need(name, name is "2.7" ? Needs.Pip : Needs.Venv | Needs.Ensurepip).Executable;
        if (name is not "2.7")
        {
            string venv = Path.Combine(_folder, "venv");
            world.Make(new(venv, world.Need(name)));
            Put("venv/pip.conf", "[install]\nno-deps = 1\n[global]\nbreak-system-packages = no\n");
            python = Path.Combine(venv, "bin", "python");
        }
        Put("home/.pip/pip.conf", "[global]\npre = 0\nbreak-system-packages = yes\n");
        Put("home/.config/pip/pip.conf", "[DEFAULT]\ntimeout = 5\n[install]\nuser = 1\nindex-url = %(x)s\n");
        Put("one/pip/pip.conf", "[global]\nbreak_system_packages = 0\n[download]\nquiet = 2\n");
        Put("two/pip/pip.conf", "[global]\nbreak-system-packages = 1\n");
        Put("named.conf", "[install]\nuser = no\n");
        foreach (string? named in (string?[])[null, "named.conf", "/dev/null"])
        {
            var variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["HOME"] = Path.Combine(_folder, "home"), ["XDG_CONFIG_DIRS"] = $"{_folder}/one:{_folder}/two", ["LC_ALL"] = "C.UTF-8",
                ["PIP_TIMEOUT"] = "7", ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1",
            };
            if (named is not null)
            {
                variables["PIP_CONFIG_FILE"] = named;
            }
            PythonEnvironment environment = new EnvironmentReader(FileTree.Host).Read(python).Environment!;
            PipSettings settings = PipSettings.Read(MachineOf(variables), environment);
            string list = Tool.Run(python, ["-m", "pip", "config", "list"], _folder, variables).Checked().Output;
            Assert.Equal(
                list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
                settings.Values.Values.Select(setting => $"{setting.Section}.{setting.Key}='{setting.Value}'")
                    .Order(StringComparer.Ordinal));

            // "debug" came with pip 20.1.
            Tool.Result debug = Tool.Run(python, ["-m", "pip", "config", "debug"], _folder, variables);
            if (debug.ExitCode == 0 && named is not "/dev/null")
            {
                string[] there = [.. debug.Output.Split('\n').Where(line => line.Trim().EndsWith(", exists: True",
                    StringComparison.Ordinal)).Select(line => Path.GetFullPath(line.Trim().Split(", exists")[0], _folder))];
                Assert.Equal(there.Order(StringComparer.Ordinal), settings.All.Select(setting => setting.Path).OfType<string>()
                    .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            }
        }
    }

    /// <summary>Whether a file that is not ASCII is read or stops pip depends on the locale.</summary>
    public static TheoryData<string> Decoders => [.. TestExtent.Some<string>(["2.7", "newest"], ["3.6", "managed"])];

    // What differs for Python: none, C and UTF-8, and what replaces them.
    private static readonly IReadOnlyList<string> Locales = TestExtent.Some<string>(
        ["LC_ALL=C", "LANG=C.utf8", "LC_ALL=C PYTHONUTF8=1"], ["", "LANG=C", "LC_ALL=C.UTF-8", "LC_CTYPE=C.UTF-8"]);

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Configuration_is_decoded_in_the_encoding_of_the_locale(string name)
    {
        string python = Interpreters.Need(name, Needs.Pip).Executable;
        PythonEnvironment environment = new EnvironmentReader(FileTree.Host).Read(python).Environment!;
        foreach (byte[] text in (byte[][])[Encoding.UTF8.GetBytes("[global]\n# für\npre = 1\n"),
            Encoding.Latin1.GetBytes("[global]\n# für\npre = 1\n")])
        {
            File.WriteAllBytes(Path.Combine(_folder, "named.conf"), text);
            foreach (string locale in Locales)
            {
                var variables = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["HOME"] = _folder,
                    ["PIP_CONFIG_FILE"] = "named.conf",
                    ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1",
                };
                foreach (string[] pair in locale.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('=')))
                {
                    variables[pair[0]] = pair[1];
                }
                Tool.Result result = Tool.Run(python, ["-W", "ignore", "-m", "pip", "config", "list"], _folder, variables);
                PipSettings settings = PipSettings.Read(MachineOf(variables), environment);
                Assert.True((result.ExitCode != 0) == (settings.Problems.Count > 0),
                    $"'{locale}': {result.ExitCode} {result.Error}, but '{string.Join(' ', settings.Problems)}'");
                Assert.Equal(result.Output.Contains("global.pre='1'", StringComparison.Ordinal),
                    settings.Problems.Count == 0 && settings.Switch("install", "pre").Value);
            }
        }
    }

    private Machine MachineOf(Dictionary<string, string> variables) =>
        new()
        {
            Files = FileTree.Host,
            Variables = variables,
            Platform = Platform.Linux,
            Home = variables["HOME"],
            CurrentDirectory = _folder,
        };

    private void Put(string path, string text)
    {
        string file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
