using System.Text;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Repair;

namespace Pep668.Tests.Venvs.Repair;

/// <summary>An environment whose pip has a damaged RECORD is broken, and its repair writes a valid one.</summary>
public sealed class PipDefectsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-pip-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("unclosed quote", "line 1 has an unclosed quote")]
    [InlineData("empty line", "line 1 is empty")]
    [InlineData("NUL", "line 1 contains a NUL character")]
    [InlineData("not UTF-8", "it is not UTF-8")]
    public void Damaged_record_is_found_and_repaired(string damage, string problem)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "its paths are those of POSIX");
        var maker = new VenvMaker(SharedSeeds.Cache);
        string target = Path.Combine(_folder, "env");
        Assert.Null(maker.Make(target).Failure);
        string packages = maker.Catalog.Identify(target).Environment!.SitePackages[0];
        string record = Path.Combine(Directory.GetDirectories(packages, "pip-*.dist-info").Single(), "RECORD");
        byte[] original = File.ReadAllBytes(record);
        byte[] start = damage switch
        {
            "unclosed quote" => "\""u8.ToArray(),
            "empty line" => "\r\n"u8.ToArray(),
            "NUL" => "\0"u8.ToArray(),
            _ => [0xFF],
        };
        File.WriteAllBytes(record, [.. start, .. original]);

        VenvExamination examination = VenvExaminer.Examine(maker.Catalog, maker.Catalog.Identify(target).Environment!);
        string info = Path.GetFileName(Path.GetDirectoryName(record))!;
        Assert.Equal($"its pip is broken: {info}/RECORD is invalid ({problem})", Assert.Single(examination.Defects).Message);

        var repairer = new VenvRepairer(maker.Catalog, maker.Cache);
        VenvRepair repair = repairer.Prepare(maker.Catalog.Identify(target).Environment!, null);
        _ = repairer.Repair(repair, TestContext.Current.CancellationToken).Value();
        Assert.Equal(Encoding.UTF8.GetString(original), File.ReadAllText(record));
        Assert.True(VenvExaminer.Examine(maker.Catalog, maker.Catalog.Identify(target).Environment!).IsSound);
    }

    // Once what another package left was hidden if its name contains "pip".
    [Fact]
    public void Broken_pip_does_not_hide_another_interrupted_install()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "its paths are those of POSIX");
        var maker = new VenvMaker(SharedSeeds.Cache);
        string target = Path.Combine(_folder, "env");
        Assert.Null(maker.Make(target).Failure);
        string packages = maker.Catalog.ReadOne(target).Environment!.SitePackages[0];
        string info = Directory.GetDirectories(packages, "pip-*.dist-info").Single();
        File.Delete(Path.Combine(info, "RECORD"));
        Directory.CreateDirectory(Path.Combine(packages, "pipenv-1.0.dist-info"));

        VenvExamination examination = VenvExaminer.Examine(maker.Catalog, maker.Catalog.ReadOne(target).Environment!);
        Assert.Collection(
            examination.Defects,
            pip => Assert.Equal($"its pip is broken: {Path.GetFileName(info)}/RECORD is missing", pip.Message),
            other => Assert.StartsWith("'pipenv' is only partly installed", other.Message, StringComparison.Ordinal));
    }
}
