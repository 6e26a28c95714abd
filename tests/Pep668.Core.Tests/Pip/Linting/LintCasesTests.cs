using System.Text;
using Pep668.Pip.Linting;

namespace Pep668.Tests.Pip.Linting;

/// <summary>Small files of every kind, below <c>Cases</c>: <c>⟦rule|place⟧</c> is an expected finding, and there are no
/// others.</summary>
public sealed class LintCasesTests
{
    private static readonly string Folder = SourceTree.File("tests/Pep668.Core.Tests/Pip/Linting/Cases");

    /// <summary>The files, as <c>group/name</c>.</summary>
    public static TheoryData<string> Names =>
        [.. Directory.EnumerateDirectories(Folder)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>The text of a file, with its marks.</summary>
    internal static MarkedText Read(string name) => MarkedText.Parse(File.ReadAllText(Path.Combine(Folder, name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void File_has_the_marked_findings_and_no_others(string name)
    {
        MarkedText expected = Read(name);
        byte[] bytes = Encoding.UTF8.GetBytes(expected.Text);
        LintKind kind = LintKinds.OfName(Path.GetFileName(name));
        kind = kind == LintKind.None && LintKinds.MayHaveInterpreter(Path.GetFileName(name)) ? LintKinds.OfStart(bytes) : kind;
        IEnumerable<string> found = kind == LintKind.None ? []
            : LintChecks.Find(name, expected.Text, kind).Select(one => $"{one.Line}:{one.Column} {one.Rule}");
        Assert.Equal(expected.Findings, found);
        Assert.True(kind == LintKind.None || expected.Findings.Count == 0 || LintSearch.MayHaveFindings(bytes),
            "the search of bytes skips the file");
    }

    [Fact]
    public void Half_of_the_files_have_lines_without_findings()
    {
        MarkedText[] all = [.. Names.Select(row => Read(row.Data))];
        Assert.True(all.Length >= 60);
        Assert.InRange(all.Count(one => one.Findings.Count == 0), all.Length / 5, all.Length);
    }
}
