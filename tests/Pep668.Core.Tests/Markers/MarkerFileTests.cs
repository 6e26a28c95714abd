using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Text;

namespace Pep668.Tests.Markers;

public sealed class MarkerFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pep668-");

    private string Marker => Path.Combine(_folder.FullName, MarkerFile.FileName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("# only this\n", "The file has no section [externally-managed].")]
    [InlineData("[Externally-Managed]\nError=x", "The file has no section [externally-managed].")]
    [InlineData("[externally-managed]\nError-fr=x", "The section [externally-managed] has no key 'Error-de_DE', 'Error-de' or 'Error'.")]
    [InlineData("\ufeff[externally-managed]\nError=x",
        "Line 1: the file begins with a byte order mark, which Python reads as text before the first section header.")]
    [InlineData("\nError=x", "Line 2: text before the first section header.")]
    [InlineData("[externally-managed]\nError=x\nnonsense\n", "Line 3: not a section header, a key with a value or a comment.")]
    [InlineData("[externally-managed]\nError=x\n\nerror:y\n",
        "Line 4: the key 'error' occurs twice; pip itself fails with a DuplicateOptionError.")]
    [InlineData("[a]\nx\n[a]\n", "Line 3: the section 'a' occurs twice; pip itself fails with a DuplicateSectionError.")]
    [InlineData("[\u001b]0;x]\n[\u001b]0;x]",
        "Line 2: the section '\\u{1b}]0;x' occurs twice; pip itself fails with a DuplicateSectionError.")]
    public void Marker_that_pip_cannot_read_has_the_default_message_and_a_reason(string text, string problem)
    {
        ExternallyManagedMarker marker = Parse(text, "de_DE");
        Assert.Equal(problem, marker.Problem);
        Assert.Equal(MarkerFile.DefaultMessage("/usr"), marker.Message);
        Assert.Null(marker.Language);
    }

    [Fact]
    public void Marker_with_an_invalid_byte_reports_its_position()
    {
        ExternallyManagedMarker marker = MarkerFile.Parse([.. "[externally-managed]"u8, 0xFF], Marker, "/usr", MarkerLanguage.Untranslated);
        Assert.Equal("The file is not valid UTF-8 (byte 20).", marker.Problem);
    }

    [Fact]
    public void Marker_translations_keep_their_spelling_and_are_found_in_any_case()
    {
        const string Text =
            "[DEFAULT]\nerror-DE_de=inherited\nError-fr=hidden\n[externally-managed]\nError=plain\nError-fr=own\nError-=no language\n";
        ExternallyManagedMarker marker = Parse(Text, "de_DE");
        Assert.Equal("inherited", marker.Message);
        Assert.Equal("DE_de", marker.Language);
        Assert.Null(marker.Problem);
        Assert.Equal(new Dictionary<string, string> { ["DE_de"] = "inherited", ["fr"] = "own" }, marker.Translations.ToDictionary());
        Assert.Equal("own", marker.Translations["FR"]);
        Assert.Null(Parse(Text, "it").Language);
        Assert.Equal("plain", Parse(Text, "").Message);
    }

    [Theory]
    [InlineData("[externally-managed]\nError=", "")]
    [InlineData("[externally-managed]\nError=\n one\n\n# gone\n two\n\n", "\none\n\ntwo")]
    [InlineData("[externally-managed]\n  Error=a\n  \u001f[x]\n  x=y\n", "a\n[x]")]
    public void Marker_message_is_the_exact_value(string text, string message)
    {
        ExternallyManagedMarker marker = Parse(text, "");
        Assert.Equal(message, marker.Message);
        Assert.Null(marker.Problem);
    }

    [Fact]
    public void Marker_section_header_ends_where_its_Python_ends_it()
    {
        byte[] bytes = [.. "[externally-managed] # see [1]\nError=x"u8];
        Assert.Equal("x", MarkerFile.Parse(bytes, Marker, "/usr", MarkerLanguage.Untranslated, (3, 9)).Message);
        Assert.Equal(MarkerProblem.NoSection, MarkerFile.Parse(bytes, Marker, "/usr", MarkerLanguage.Untranslated, (3, 10)).Problem);
        Assert.Equal(MarkerProblem.NoSection, MarkerFile.Parse(bytes, Marker, "/usr", MarkerLanguage.Untranslated).Problem);
    }

    [Fact]
    public async Task Marker_must_be_a_file()
    {
        Assert.Null(await Find());
        Directory.CreateDirectory(Marker);
        Assert.Null(await Find());
        Assert.Equal("The file cannot be read: it is a directory.", (await Read()).Problem);
        Directory.Delete(Marker);

        Assert.SkipWhen(OperatingSystem.IsWindows(), "links and FIFOs need POSIX");
        File.CreateSymbolicLink(Marker, Path.Combine(_folder.FullName, "target"));
        Assert.Null(await Find());
        Assert.Equal("The file cannot be read: it does not exist.", (await Read()).Problem);
        File.WriteAllText(Path.Combine(_folder.FullName, "target"), "[externally-managed]\nError=linked");
        Assert.Equal(Marker, await Find());
        Assert.Equal("linked", (await Read()).Message);
        File.Delete(Marker);

        Tool.Run("mkfifo", [Marker]).Checked();
        Assert.Null(await Find());
        Assert.Equal("The file cannot be read: it is not a regular file.", (await Read()).Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/pass\0wd")]
    [InlineData("/\0")]
    public void Marker_path_that_is_invalid_does_not_manage(string path)
    {
        foreach (FileTree files in new[] { FileTree.Host, FileTree.Under(_folder.FullName) })
        {
            Assert.Null(MarkerFile.Find(files, path));
            Assert.Equal("The file cannot be read: it does not exist.",
                MarkerFile.Read(files, path, "/usr", MarkerLanguage.Untranslated).Problem);
        }
    }

    [Fact]
    public async Task Marker_that_is_too_large_still_manages()
    {
        using (FileStream file = File.Create(Marker))
        {
            file.SetLength(50 << 20);
        }
        Assert.Equal(Marker, await Find());
        ExternallyManagedMarker marker = await Read();
        Assert.Equal("The file cannot be read: it is larger than 4194304 bytes.", marker.Problem);
        Assert.Equal(MarkerFile.DefaultMessage("/usr"), marker.Message);
    }

    [Fact]
    public async Task Marker_of_the_largest_accepted_size_is_read_quickly()
    {
        byte[] line = [.. "Error-x=\u2003 [=]:\r\n"u8];
        byte[] bytes = [.. "[externally-managed]\nError=\n"u8, .. Enumerable.Repeat((byte)' ', 1 << 20),
            .. Enumerable.Repeat(" x\r"u8.ToArray(), 1 << 20).SelectMany(part => part)];
        File.WriteAllBytes(Marker, [.. bytes[..((4 << 20) - line.Length)], .. line]);
        Assert.Equal(4 << 20, new FileInfo(Marker).Length);
        Assert.Null((await Read()).Problem);
    }

    [Fact]
    public async Task Marker_that_is_unreadable_still_manages()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes need POSIX");
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may read everything");
        File.WriteAllText(Marker, "[externally-managed]\nError=secret");
        Tool.Run("chmod", ["000", Marker]).Checked();
        Assert.Equal(Marker, await Find());
        Assert.Equal("The file cannot be read: reading it is not permitted.", (await Read()).Problem);
    }

    [Fact]
    public void Marker_link_is_resolved_inside_the_root()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links as an ordinary user need POSIX");
        string stdlib = Path.Combine(_folder.FullName, "usr/lib/python3.11");
        Directory.CreateDirectory(stdlib);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "etc"));
        File.WriteAllText(Path.Combine(_folder.FullName, "etc/marker"), "[externally-managed]\nError=inside");
        File.CreateSymbolicLink(Path.Combine(stdlib, MarkerFile.FileName), "/etc/marker");
        FileTree root = FileTree.Under(_folder.FullName);

        string? path = MarkerFile.Find(root, "/usr/lib/python3.11");
        Assert.Equal("/usr/lib/python3.11/EXTERNALLY-MANAGED", path);
        Assert.Equal("inside", MarkerFile.Read(root, path!, "/usr", MarkerLanguage.Untranslated).Message);
    }

    [Fact]
    public void Marker_of_any_bytes_has_a_message() =>
        Prop.ForAll<byte[], string>((bytes, language) => Holds(bytes ?? [], language ?? "")).CheckWithSeed();

    [Fact]
    public void Marker_of_any_lines_has_a_message()
    {
        string[] pieces = ["[externally-managed]", "[DEFAULT]", "Error", "-de", "=", ":", "\n", "\r", " ", "\t", "#", "]", "[", "x",
            "\u001f", "\ufeff", "\u212a", "\u03a3"];
        Gen<string> text = Gen.Elements(pieces).ArrayOf().Select(string.Concat);
        Prop.ForAll(text.ToArbitrary(), file => Holds(Encoding.UTF8.GetBytes(file), "de_DE")).CheckWithSeed(2000);
    }

    [Fact]
    public void Marker_message_on_continuation_lines_is_read_back() =>
        Prop.ForAll<string[]>(lines =>
        {
            string[] clean = [.. (lines ?? []).Select(Clean).Where(line => line.Length > 0 && line[0] is not ('#' or ';'))];
            string file = "[externally-managed]\nError=\n" + string.Concat(clean.Select(line => $" {line}\n"));
            return string.Equals(Parse(file, "").Message, string.Concat(clean.Select(line => "\n" + line)), StringComparison.Ordinal);
        }).CheckWithSeed();

    private static string Clean(string? line) =>
        PythonText.Strip(string.Concat((line ?? "").Where(c => c is not ('\n' or '\r') && !char.IsSurrogate(c)))).ToString();

    private static bool Holds(byte[] bytes, string language)
    {
        ExternallyManagedMarker marker = MarkerFile.Parse(bytes, "/m", "/usr", MarkerLanguage.Verbatim(language));
        bool isDefault = string.Equals(marker.Message, MarkerFile.DefaultMessage("/usr"), StringComparison.Ordinal);
        return isDefault == marker.Problem is not null && (marker.Language is null || marker.Problem is null);
    }

    private static ExternallyManagedMarker Parse(string text, string language) =>
        MarkerFile.Parse(Encoding.UTF8.GetBytes(text), "/m", "/usr", MarkerLanguage.Verbatim(language));

    private Task<string?> Find() => Task.Run(() => MarkerFile.Find(FileTree.Host, _folder.FullName)).WaitAsync(Patience);

    private Task<ExternallyManagedMarker> Read() =>
        Task.Run(() => MarkerFile.Read(FileTree.Host, Marker, "/usr", MarkerLanguage.Untranslated)).WaitAsync(Patience);
}
