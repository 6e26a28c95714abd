using System.Text;
using Pep668.Distros;
using Pep668.Machines;

namespace Pep668.Tests.Distros;

/// <summary>os-release, as a shell reads it: os-release(5) calls the file a list of shell assignments.</summary>
public sealed class OsReleaseTests : IDisposable
{
    private const string Script = """
        for file do
            unset ID ID_LIKE NAME PRETTY_NAME
            . "$file"
            printf '%s\n--\n%s\n--\n%s\n--\n%s\n====\n' "$ID" "$ID_LIKE" "$NAME" "$PRETTY_NAME"
        done
        """;

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void OsRelease_values_equal_those_of_a_shell() => RandomSeed.Fixed(668).Run(seed =>
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no sh");
        var random = new Random(seed);
        string[] texts = [.. Enumerable.Range(0, 500).Select(_ => Generated(random))];
        string[] files = [.. texts.Select((text, number) => _world.Write($"/files/{number}", text).OnDisk($"/files/{number}"))];
        string[] read = Tool.Run("/bin/sh", ["-c", Script, "sh", .. files]).Checked().Output.Split("\n====\n");
        Assert.Equal(texts.Length + 1, read.Length);
        for (int number = 0; number < texts.Length; number++)
        {
            OsRelease release = OsRelease.Parse(texts[number]);
            string[] ours = [release.Id ?? "", string.Join(' ', release.IdLike), release.Name ?? "", release.PrettyName ?? ""];
            string[] shell = read[number].Split("\n--\n");
            shell[1] = string.Join(' ', shell[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Assert.Equal((texts[number], string.Join('|', shell)), (texts[number], string.Join('|', ours)));
        }
    });

    [Theory]
    [InlineData("ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n", "debian", "", "Debian GNU/Linux 12 (bookworm)")]
    [InlineData("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "rocky", "rhel centos fedora", null)]
    [InlineData("ID=ubuntu\r\nID_LIKE=debian\r\n", "ubuntu", "debian", null)]
    [InlineData("# ID=a\nPRETTY_NAME='It'\\''s'\nVERSION_ID=\"1\"\nID=b # c\n", "b", "", "It's")]
    [InlineData("VARIANT_ID=x\nnothing\nID=\n=\n", null, "", null)]
    [InlineData("", null, "", null)]
    public void OsRelease_properties_are_read(string text, string? id, string idLike, string? prettyName)
    {
        OsRelease release = OsRelease.Parse(text);
        Assert.Equal((id, idLike, prettyName), (release.Id, string.Join(' ', release.IdLike), release.PrettyName));
    }

    [Fact]
    public void OsRelease_file_in_etc_overrides_that_in_usr_lib()
    {
        FileTree files = _world.Machine.Files;
        Assert.Null(OsRelease.Read(files).Id);
        _world.Write("/usr/lib/os-release", "ID=fedora\nNAME=Fedora\n");
        Assert.Equal("fedora", OsRelease.Read(files).Id);
        _world.Write("/etc/os-release", "ID=rhel\n");
        Assert.Equal(("rhel", (string?)null), (OsRelease.Read(files).Id, OsRelease.Read(files).Name));
    }

    [Fact]
    public void OsRelease_derivative_is_like_its_origin()
    {
        OsRelease mint = OsRelease.Parse("ID=linuxmint\nID_LIKE='ubuntu debian'\n");
        Assert.True(mint.IsLike("fedora", "debian"));
        Assert.True(mint.IsLike("linuxmint"));
        Assert.False(mint.IsLike("fedora", "linux"));
    }

    private static string Generated(Random random)
    {
        string[] names = ["ID", "ID_LIKE", "NAME", "PRETTY_NAME", "VERSION_ID", "HOME_URL"];
        var text = new StringBuilder();
        for (int lines = random.Next(8); lines > 0; lines--)
        {
            text.Append(random.Next(6) switch
            {
                0 => "# a comment ID=no \"",
                1 => "",
                _ => $"{Pick(["", "", " ", "\t"])}{Pick(names)}={Value()}{Pick(["", "", " ", " # ID=no"])}",
            }).Append('\n');
        }
        return text.ToString();

        string Pick(string[] choices) => choices[random.Next(choices.Length)];

        string Value() => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(3) switch
        {
            0 => Pick(["debian", "x.y", "\\ ", "\\\"", "\\'", "\\\\", "\\#", "1", "é", "\\\n"]),
            1 => "\"" + string.Concat(Enumerable.Range(0, 3).Select(_ => Pick(
                ["a b", "\\\"", "\\$x", "\\`", "\\\\", "\\n", "'", "#", "(12)", "\\\n", "é"]))) + "\"",
            _ => "'" + string.Concat(Enumerable.Range(0, 3).Select(_ => Pick(["a b", "\"", "$x", "`", "\\", "#", "(12)", "\n"]))) + "'",
        }));
    }
}
