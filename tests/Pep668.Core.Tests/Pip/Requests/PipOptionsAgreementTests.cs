using System.Text.Json;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Tests.Pip.Requests;

/// <summary>The options of the real pips and of uv, and how they read random arguments, compared with how they are read
/// here.</summary>
public sealed class PipOptionsAgreementTests
{
    private const string Script = """
        import json, sys
        if len(sys.argv) > 1:
            sys.path.insert(0, sys.argv[1])
        import pip
        try:
            from pip._internal.commands import create_command
        except ImportError:
            from pip._internal.commands import commands_dict
            create_command = lambda name: commands_dict[name]()
        native = lambda value: value.encode('utf-8') if sys.version_info[0] == 2 else value

        class Stop(Exception):
            pass

        def stop(*_):
            raise Stop()

        def read(parser, arguments):
            try:
                options, rest = parser.parse_args([native(one) for one in arguments])
            except (Exception, SystemExit):
                return None
            return dict(target=getattr(options, 'target_dir', None), prefix=getattr(options, 'prefix_path', None),
                root=getattr(options, 'root_path', None), user=getattr(options, 'use_user_site', None),
                report=getattr(options, 'json_report_file', None), ignores=getattr(options, 'ignore_installed', None), rest=rest)

        answer = dict(version=pip.__version__, options={}, read=[])
        for name in 'install', 'uninstall':
            parser = create_command(name).parser
            answer['options'][name] = sorted('%s %d' % (text.lstrip('-'), option.takes_value() or 0)
                for option in parser.option_list_all + [o for o in parser.option_list if o not in parser.option_list_all]
                for text in option._long_opts + option._short_opts)
        parser = create_command('install').parser
        parser.error = stop
        for arguments in json.load(sys.stdin):
            answer['read'].append(read(parser, arguments))
        json.dump(answer, sys.stdout)
        """;

    private static readonly string[] Words =
    [
        "--target", "--target=there", "--targ", "-t", "-tthere", "-Ut", "--target=", "--t", "--prefix", "--pref=x", "--root", "--ro",
        "--roo=x",
        "--user", "--no-user", "--use", "--no-u", "-I", "--ignore-inst", "--ignore", "-U", "-q", "-qI", "-c", "-cx", "-r", "-rx", "--log",
        "--pre", "--pre=x", "--report", "--rep=x", "--dry-run", "--no-deps", "--no-dependencies", "--cache-dir", "--no-cache-dir",
        "--no-such", "-Z", "-qZ", "-", "--", "there", "one", "-i", "-f", "-e", "--index-url", "--extra", "--find", "--src", "--python",
        "--is",
        "--progress-bar", "--proxy", "--global", "--config", "--C", "-C", "-b", "--abi", "--platform", "--only-binary", "--no-binary",
    ];

    private sealed record Reading(string? Target, string? Prefix, string? Root, bool? User, string? Report, bool? Ignores, string[] Rest);

    private sealed record Answer(string Version, Dictionary<string, string[]> Options, Reading?[] Read);

    public static TheoryData<string, string> Pips()
    {
        var rows = new TheoryData<string, string>();
        Interpreter[] withPip = [.. Interpreters.All.Where(one => one.PipVersion is not null).DistinctBy(one => one.PipVersion)];
        foreach (Interpreter one in Interpreters.Sample(withPip))
        {
            rows.Add(one.Executable, "");
        }
        foreach (string wheel in (Environment.GetEnvironmentVariable("PEP668_PIP_WHEELS") ?? "").Split(Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries))
        {
            rows.Add(Interpreters.Newest().Executable, wheel);
        }
        if (rows.Count == 0)
        {
            rows.Add(new TheoryDataRow<string, string>("", "") { Skip = "needs a Python with pip" });
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Pips))]
    public void Options_of_a_pip_are_known_with_their_values(string executable, string wheel)
    {
        Answer answer = Ask(executable, wheel, []);
        PipRelease pip = PipRelease.Parse(answer.Version);
        foreach ((string command, string[] options) in answer.Options)
        {
            string[] known =
            [
                .. PipOptionTable.All.Where(
                    one => !one.IsOfDebian && one.IsIn(pip, command is "install" ? PipAction.Install : PipAction.Uninstall))
                    .SelectMany(one => one.Names.Append(one.Letter == '\0' ? "" : $"{one.Letter}").Where(name => name.Length > 0)
                        .Select(name => $"{name} {(one.TakesValue ? 1 : 0)}")),
            ];
            Assert.Equal(options.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Pips))]
    public void Random_arguments_are_read_as_pip_reads_them(string executable, string wheel) => RandomSeed.Fixed(4711).Run(seed =>
    {
        var random = new Random(seed);
        string[][] lists = [.. Words.Select(word => (string[])[word]), .. Enumerable.Range(0, 600).Select(_ =>
            Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Words[random.Next(Words.Length)]).ToArray())];
        Answer answer = Ask(executable, wheel, lists);
        PipRelease pip = PipRelease.Parse(answer.Version);
        int agreed = 0;
        foreach ((string[] list, Reading? theirs) in lists.Zip(answer.Read))
        {
            PipCommandLine ours = PipCommandLine.Parse(PipAction.Install, list, pip);
            string text = string.Join(' ', list);
            // pip shows its help, or reads a value that is not one of the possible ones: it stops by itself.
            if (theirs is null)
            {
                continue;
            }
            agreed++;
            Assert.True(ours.Problems.Count == 0, $"{text}: {string.Join(", ", ours.Problems)}");
            Assert.Equal((text, theirs.Target, theirs.Prefix, theirs.Root, theirs.Report, theirs.Ignores == true),
                (text, ours["target"], ours["prefix"], ours["root"], ours["report"], ours.Has("ignore-installed")));
            Assert.Equal(theirs.User, ours.Has("user") ? true : ours.Has("no-user") ? false : null);
            Assert.Equal(theirs.Rest, ours.Rest);
        }
        Assert.True(agreed > lists.Length / 8, $"pip reads {agreed} of {lists.Length} only");
    });

    [Theory]
    [MemberData(nameof(Pips))]
    public void Option_without_its_value_is_refused_as_pip_refuses_it(string executable, string wheel)
    {
        PipRelease pip = PipRelease.Parse(Ask(executable, wheel, []).Version);
        string[][] lists = [.. PipOptionTable.All.Where(one => one.IsIn(pip, PipAction.Install) && one.TakesValue && !one.IsOfDebian)
            .SelectMany(one => one.Names.Select(name => (string[])["--" + name]))];
        foreach ((string[] list, Reading? theirs) in lists.Zip(Ask(executable, wheel, lists).Read))
        {
            Assert.Null(theirs);
            Assert.NotEmpty(PipCommandLine.Parse(PipAction.Install, list, pip).Problems);
        }
    }

    [Fact]
    public void Options_of_uv_are_known_with_their_values()
    {
        string? uv = Tool.Find("uv");
        Assert.SkipWhen(uv is null, "needs uv");
        foreach (string command in (string[])["install", "uninstall"])
        {
            string help = Tool.Run(uv, ["pip", command, "--help"]).Checked().Output;
            string[] names = [.. help.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('-'))
                .SelectMany(line => line.Split("  ")[0].Split(", ")).Select(name => name.Split(' ', '.')[0])];
            Assert.True(names.Length > 20);
            foreach (string name in names.Where((_, at) => TestExtent.IsFull || at % 4 == 0))
            {
                // The answer of clap itself, for the option as the last argument.
                string error = Tool.Run(uv, ["pip", command, "--offline", "nothing-here", name]).Error;
                bool needsValue = error.Contains("a value is required", StringComparison.Ordinal);
                UvCommandLine line = UvCommandLine.Parse([name]);
                Assert.Equal((name, needsValue), (name, line.Problems.Count > 0));
            }
        }
    }

    private static Answer Ask(string executable, string wheel, string[][] lists)
    {
        string[] arguments = ["-B", "-W", "ignore", "-c", Script, .. wheel.Length == 0 ? (string[])[] : [wheel]];
        return JsonSerializer.Deserialize<Answer>(
            Tool.Run(executable, arguments, input: JsonSerializer.Serialize(lists)).Checked().Output, JsonSerializerOptions.Web)!;
    }
}
