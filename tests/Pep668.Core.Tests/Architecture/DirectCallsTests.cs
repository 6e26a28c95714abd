using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Pep668.Tests.Architecture;

/// <summary>The functions of the C library that the companion binds when it is linked: for any other, .NET searches for
/// a library <c>liblibc.so</c> in every folder of libraries each time the program runs.</summary>
public sealed partial class DirectCallsTests
{
    // Those of Darwin, and one that older C libraries do not have.
    private static readonly string[] NotOfEveryLinux = ["renameat2", "renameatx_np", "fstat", "fstatat"];

    [Fact]
    public void Every_function_of_the_C_library_is_bound_when_the_companion_is_linked()
    {
        string[] used = [.. Directory.EnumerateFiles(SourceTree.File("src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Import().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value))
            .Where(name => !name.Contains('$', StringComparison.Ordinal)).Except(NotOfEveryLinux, StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
        Assert.NotEmpty(used);
        string[] bound = [.. XDocument.Load(SourceTree.File("src/Pep668.Cli/Pep668.Cli.csproj")).Descendants("DirectPInvoke")
            .SelectMany(item => item.Attribute("Include")!.Value.Split(';')).Order(StringComparer.Ordinal)];
        Assert.Equal(used.Select(name => "libc!" + name), bound);
    }

    [GeneratedRegex("""LibraryImport\("libc", EntryPoint = "(?<name>[^"]+)["]""", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Import();
}
