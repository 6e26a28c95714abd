using System.Text.Json;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Requirements;

namespace Pep668.Tests.Pip.Requests;

/// <summary>Generated words of a command line, classified here and by a real pip (24, which follows packaging 24.1) in
/// the same folder.</summary>
public sealed class PipTargetAgreementTests : IDisposable
{
    private sealed record Told(string Kind, string? Name, string[] Extras, string? Marker);

    private const string Script = """
        import json, os, sys, warnings
        from pip._internal.req.constructors import parse_req_from_editable, parse_req_from_line
        from pip._internal.utils.misc import is_installable_dir
        from pip._internal.vcs import is_url

        warnings.simplefilter("ignore")

        def told(text):
            try:
                parts = parse_req_from_line(text, None)
            except Exception:
                return None
            requirement = parts.requirement
            kind = "Requirement" if parts.link is None else "Url" if is_url(text) else "LocalPath"
            if kind == "LocalPath" and not os.path.exists(parts.link.file_path):
                return None  # pip warns, and fails when it opens the file
            extras = parts.extras if kind == "LocalPath" else requirement.extras if requirement is not None else ()
            return {
                "Kind": kind, "Name": None if requirement is None else requirement.name, "Extras": sorted(extras),
                "Marker": None if parts.markers is None else str(parts.markers),
            }

        def told_editable(text):
            try:
                parts = parse_req_from_editable(text)
                kind = "Url" if text.lower().startswith("file:") or parts.link.is_vcs else "LocalPath"
                if kind == "LocalPath" and not is_installable_dir(parts.link.file_path):
                    return None  # pip says so later
            except Exception:
                return None
            requirement = parts.requirement
            return {
                "Kind": kind, "Name": None if requirement is None else requirement.name,
                "Extras": sorted(parts.extras or (requirement.extras if requirement is not None else ())), "Marker": None,
            }

        how = told_editable if sys.argv[1] == "editable" else told
        json.dump([how(text) for text in json.load(sys.stdin)], sys.stdout)
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("pip-target-").FullName;

    public PipTargetAgreementTests()
    {
        foreach (string file in (string[])
        [
            "setup/setup.py", "project/pyproject.toml", "blank name/setup.py", "folder.whl/setup.py", "empty/notes.txt",
            "a-1.0-py3-none-any.whl",
            "a_b-1.0-1x-py2.py3-none-any.whl", "bad.whl", "b--py3-none-any.whl", "A-1.0-py3-none-any.WHL", "c-1.0.tar.gz", "c.zip",
            "c.tar.lzma", ".tar.gz", "requirements.txt",
            "plain", "d@1.whl", "empty/e-2-py3-none-any.whl",
        ])
        {
            string path = Path.Combine(_folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Command_line_words_are_classified_as_pip_classifies_them() => RandomSeed.Fixed(24).Run(seed =>
    {
        Told?[] answer = Compare(seed, "line", PipTarget.TryParse);

        Assert.All((string?[])["Requirement", "Url", "LocalPath", null],
            kind => Assert.InRange(answer.Count(told => told?.Kind == kind), 150, 5000));
    });

    [Fact]
    public void Editable_words_are_classified_as_pip_classifies_them() => RandomSeed.Fixed(24).Run(seed =>
    {
        Told?[] answer = Compare(seed, "editable", PipTarget.TryParseEditable);

        Assert.All((string?[])["Url", "LocalPath", null], kind => Assert.InRange(answer.Count(told => told?.Kind == kind), 15, 5000));
    });

    private delegate bool Reader(string? text, Machine machine, out PipTarget? target, out RequirementProblem? problem);

    private Told?[] Compare(int seed, string how, Reader read)
    {
        Interpreter python = Interpreters.Need(one => one.PackagingMajor == 24, "pip 24.1 to 24.3, with packaging 24.1");
        string[] texts = [.. Words(new Random(seed)).Distinct()];

        Told?[] answer = JsonSerializer.Deserialize<Told?[]>(
            Tool.Run(python.Executable, ["-I", "-c", Script, how], _folder, input: JsonSerializer.Serialize(texts)).Checked().Output)!;

        foreach ((string text, Told? told) in texts.Zip(answer))
        {
            Told? ours = read(text, Machine.Current(_folder), out PipTarget? target, out _)
                ? new(target!.Kind.ToString(), target.Name, [.. target.Extras.Order(StringComparer.Ordinal)], target.Marker?.ToString())
                : null;
            Assert.Equal((text, Shown(told)), (text, Shown(ours)));
        }
        return answer;
    }

    private IEnumerable<string> Words(Random random)
    {
        string[] names =
        [
            "a", "setup", "./setup", "setup/", "project/.", "./project", "blank name", "./blank name", "folder.whl", "./folder.whl",
            "empty", "./empty", ".", "..", "./none",
            "a-1.0-py3-none-any.whl", "./a-1.0-py3-none-any.whl", "a_b-1.0-1x-py2.py3-none-any.whl", "bad.whl", "b--py3-none-any.whl",
            "A-1.0-py3-none-any.WHL", "c-1.0.tar.gz",
            "c.zip", "./c.tar.lzma", ".tar.gz", "requirements.txt", "./requirements.txt", "plain", "./plain", "d@1.whl", "none.zip",
            "./none.tar.gz", "none-1.0-py3-none-any.whl", "empty/e-2-py3-none-any.whl",
            "empty/../setup", "setup//", _folder + "/setup", _folder + "/c.zip", "a>=1.0", "a==1.0,<2", "a=1", "a/b", "a\\b",
            "a @ ./c.zip", "a@c.zip", "./a@c.zip", "a @ https://example.invalid/x.whl",
            "a @ none", "https://example.invalid/x", "HTTPS://example.invalid/a-1-py3-none-any.whl", "https://example.invalid/bad.whl",
            "git+https://u:p@example.invalid/x.git@main#egg=x",
            "git+ssh://git@example.invalid/x#subdirectory=y&egg=a_B", "https://example.invalid/x#egg=",
            "https://example.invalid/x#egg=a%20b", "https://example.invalid/x#egg=a[x]", "https://example.invalid/x?egg=y&egg=z",
            "https://[::1/x", "https://[::1]/x", "https:x", "git://example.invalid/x", "git://example.invalid/x#egg=x",
            "GIT+https://example.invalid/x#egg=x[y]", "svn://example.invalid/x#egg=x", "hg:x#egg=x", "file:setup#egg=x",
            "git+https://[::1/x#egg=x", "ssh://git@example.invalid/x", "file:setup", "file:///srv/a-1.0-py3-none-any.whl", "file:./c.zip",
            "ftp://example.invalid/c.zip",
            "svn+ssh://example.invalid/x", "hg+static-http://example.invalid/x", "bzr+lp:x", "c:x", "http",
            "https://example.invalid/a%2D1-py3-none-any.whl", "https://example.invalid/x/", "", "é", "./é",
        ];
        string[] extras = ["", "", "", "[x]", "[X,y]", "[x y]", "[]", "[x", "[x]/", "[x][y]", " [x]"];
        string[] markers = ["", "", "", ";", "; ", ";os_name == 'posix'", "; os_name == 'posix'", " ; os_name == 'posix'", "; os_name",
            ";os_name=='x';", "; os_name == 'x' ; "];
        return Enumerable.Range(0, 6000)
            .Select(_ => names[random.Next(names.Length)] + extras[random.Next(extras.Length)] + markers[random.Next(markers.Length)])
            .Concat(names);
    }

    private static string Shown(Told? told) =>
        told is null ? "none" : $"{told.Kind}|{told.Name}|{string.Join(',', told.Extras)}|{told.Marker}";
}
