using Pep668.Cli;
using Pep668.Shells;

namespace Pep668.Tests;

/// <summary>The tables of the companion, in a terminal and elsewhere.</summary>
public sealed class TableTests : IDisposable
{
    private const string Home = "/home/user";

    private readonly Companion _companion = new();

    public void Dispose() => _companion.Dispose();

    [Theory]
    [InlineData(50)]
    [InlineData(80)]
    public void Table_of_paths_fits_a_terminal(int width)
    {
        string[][] rows = [["project", "3.11.2", "/home/user/project/with a long name/.venv/bin/python"],
            ["python3.11", "3.11.2", "/usr/bin/python3.11"], ["x", "3", "/srv/applications/with/a/long/path/that/does/not/fit/bin/python"]];
        string[] lines = Written(() => width, rows), complete = Written(null, rows);
        Assert.All(lines, line => Assert.True(line.Length < width, $"{line.Length}: {line}"));
        Assert.Contains(lines, line => line.Contains('…', StringComparison.Ordinal) || line.Contains('~', StringComparison.Ordinal));
        Assert.All(lines[1..].Zip(rows), one => Assert.EndsWith(one.Second[2][^8..], one.First));
        Assert.All(complete[1..].Zip(rows), one => Assert.EndsWith("  " + one.Second[2], one.First));
    }

    [Fact]
    public void Table_of_lists_fits_a_terminal_and_is_complete_elsewhere()
    {
        string[][] rows = [["ansible-core", string.Join(", ", Enumerable.Range(0, 20).Select(one => $"ansible-{one}"))], ["x", "x"]];
        foreach (int width in (int[])[30, 80])
        {
            string[] lines = Lines(() => width);
            Assert.All(lines, line => Assert.True(line.Length < width, $"{line.Length}: {line}"));
            Assert.EndsWith("…", lines[1]);
        }
        Assert.EndsWith("ansible-19", Lines(null)[1]);

        string[] Lines(Func<int>? width)
        {
            using var text = new StringWriter();
            new Output(text, TextWriter.Null, width).ListTable(["Name", "Commands"], rows);
            return text.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n');
        }
    }

    [Theory]
    [FullInlineData(72)]
    [InlineData(80)]
    public void List_in_a_terminal_fits_it(int columns)
    {
        string script = Tool.Find("script") ?? "", stty = Tool.Find("stty") ?? "";
        Assert.SkipWhen(script.Length == 0 || stty.Length == 0 || !OperatingSystem.IsLinux(), "needs script of util-linux and stty");
        const string folder = "/home/user/project/in a folder with a long name/app/.venv";
        _companion.World.Python("/usr", "3.11.2");
        _companion.Venv(folder, "/usr", "3.11.2");
        string[] words = [.. Companion.Command, "list", _companion.At(folder)];
        string command = $"{stty} cols {columns}; {string.Join(' ', words.Select(PosixRenderer.Instance.Quote))}";
        CompanionResult result = Companion.Finish(_companion.Start([script, "-qec", command, "/dev/null"])).Exits(0);
        string[] lines = [.. result.Lines().Select(one => one.TrimEnd('\r'))];
        Assert.Contains("Executable", lines[0]);
        Assert.EndsWith("venv/bin/python", lines[1]);
        Assert.Contains('…', lines[1]);
        Assert.Equal(columns - 1, lines[1].Length);
        Assert.Contains(_companion.At(folder) + "/bin/python", _companion.RunHere("list", _companion.At(folder)).Output);
    }

    [Fact]
    public void List_has_an_environment_once_however_often_it_is_named()
    {
        _companion.World.Python("/usr", "3.11.2");
        _companion.Venv("/home/user/project/.venv", "/usr", "3.11.2");
        string[] names = [".venv", ".venv/bin/python", _companion.At("/usr"), "project", "-E", "./.venv/"];
        Assert.Equal([_companion.At("/home/user/project/.venv/bin/python"), _companion.At("/usr/bin/python3.11")],
            _companion.RunHere(["list", .. names, "--json"]).Exits(0).Json().Select(one => one.GetProperty("executable").GetString()));
        Assert.Equal(3, _companion.RunHere(["list", .. names]).Exits(0).Lines().Length);
    }

    [Fact]
    public void Changes_have_the_name_in_the_last_column()
    {
        using var world = new RemedyWorld();
        world.WithWheels().MakeVenv("tiny-1.0");
        Assert.Equal("Action    Version  Previous  Name\nUpgraded  2.0      1.0       tiny\n",
            world.Shell("pep668 install tiny --upgrade -E .venv").Checked().Output);
        Assert.Equal("Action   Version  Previous  Name\nRemoved           2.0       tiny\n",
            world.Shell("pep668 uninstall tiny -p .venv").Checked().Output);
    }

    private static string[] Written(Func<int>? width, IReadOnlyList<string>[] rows)
    {
        using var results = new StringWriter { NewLine = "\n" };
        new Output(results, TextWriter.Null, width).PathTable(["Name", "Version", "Executable"], rows, Home);
        return results.ToString().TrimEnd().Split('\n');
    }
}
