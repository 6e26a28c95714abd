using Pep668.Discovery;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary>
/// Real root file systems of other distributions: <c>PEP668_TEST_ROOTS</c> lists their folders, as PATH
/// lists folders. The properties read from outside equal those that the Python inside reports in a <c>chroot</c>.
/// </summary>
public sealed class RootFileSystemTests
{
    [Fact]
    public void Environments_below_a_root_are_read_as_their_Python_reports_itself_in_chroot()
    {
        string[] roots = (Environment.GetEnvironmentVariable("PEP668_TEST_ROOTS") ?? "").Split(Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries);
        Assert.SkipWhen(roots.Length == 0, "PEP668_TEST_ROOTS names no unpacked root file systems");
        Assert.SkipWhen(Machine.Current().UserId != 0, "chroot needs root");
        Assert.All(roots, root =>
        {
            var catalog = new EnvironmentCatalog(Machine.Under(root));
            Assert.NotEmpty(catalog.All);
            Assert.All(catalog.All, read =>
            {
                InterpreterOracle said = InterpreterOracle.Ask(read.Executable, root);
                Assert.Equal(
                    (said.Version, said.Implementation, said.Prefix, said.BasePrefix, said.StdLib, said.Scripts, said.PipVersion,
                        said.Marker),
                    (read.Version, read.Implementation, read.Prefix, read.BasePrefix, read.StdLib, read.Scripts, read.PipVersion,
                        read.MarkerPath));
                Assert.Equal(said.PureLib, read.SitePackages[0]);
                Assert.Subset(read.SitePackages.ToHashSet(), said.SitePackages.ToHashSet());
            });
        });
    }
}
