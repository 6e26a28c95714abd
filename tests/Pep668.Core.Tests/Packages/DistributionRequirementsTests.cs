using Pep668.Machines;
using Pep668.Packages;
using Pep668.Requirements;

namespace Pep668.Tests.Packages;

/// <summary>What installed distributions require, from each form of metadata.</summary>
public sealed class DistributionRequirementsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-needs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a-1.0.dist-info/METADATA", """
        Metadata-Version: 2.1
        Name: a
        Version: 1.0
        Provides-Extra: Big_One
        Requires-Dist: base
        Requires-Dist: always; python_version > '3'
        Requires-Dist: one (>=1); extra == 'Big_One'
        Requires-Dist: not a requirement
        requires-dist: two; python_version > '3' and extra == 'Big_One'
        Requires-Dist: three; python_version < '3' and extra == 'Big_One'

        Requires-Dist: description; extra == 'Big_One'
        """)]
    [InlineData("a-1.0.egg-info/requires.txt", """
        base

        [:python_version > '3']
        always

        [Big_One]
        one>=1

        [Big_One:python_version > '3']
        two

        [Big_One:python_version < '3' or python_version < '2']
        three
        """)]
    public void Extra_has_its_own_requirements_whose_condition_holds(string file, string text)
    {
        string path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(path)!, "PKG-INFO"), "Metadata-Version: 2.1\nName: a\nVersion: 1.0\n");
        File.WriteAllText(path, text);
        InstalledDistribution distribution = InstalledMetadata.Read(FileTree.Host, _folder, file.Split('/')[0])!;
        var needs = DistributionRequirements.Read(FileTree.Host, distribution);
        var variables = new ConditionVariables { PythonVersion = "3.12", PythonFullVersion = "3.12.1" };
        foreach (string extra in (string[])["Big_One", "big-one", "BIG.ONE"])
        {
            Assert.Equal(["one", "two"], needs.SelectExtra(extra, variables).Select(one => one.Name));
        }
        Assert.Empty(needs.SelectExtra("other", variables));
        Assert.Equal(["base", "always", "one", "two", "three"], needs.All.Select(one => one.Name));
    }

    [Fact]
    public void Distribution_without_readable_metadata_requires_nothing()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "a-1.0.dist-info"));
        InstalledDistribution distribution = InstalledMetadata.Read(FileTree.Host, _folder, "a-1.0.dist-info")!;
        Assert.Empty(DistributionRequirements.Read(FileTree.Host, distribution).All);
    }
}
