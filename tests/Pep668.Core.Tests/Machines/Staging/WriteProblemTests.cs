using Pep668.Machines.Staging;

namespace Pep668.Tests.Machines.Staging;

/// <summary>The reason of a failed write does not repeat the path of the target.</summary>
public sealed class WriteProblemTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-problem-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Path_of_the_target_is_left_out()
    {
        string target = Path.Combine(_folder, "env");
        Assert.Equal("permission denied", Describe(new UnauthorizedAccessException($"Access to the path '{target}' is denied."), target));
        string staged = Path.Combine(_folder, StagingName.NewName(), "tree");
        Assert.Equal("permission denied", Describe(new UnauthorizedAccessException($"Access to the path '{staged}' is denied."), target));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs the errors of POSIX");
        Assert.Equal("No space left on device", Describe(new IOException($"No space left on device : '{target}/x'", 28), target));
        Assert.Equal("Read-only file system", Describe(new IOException($"Read-only file system : '{staged}'", 30), target));
    }

    [Fact]
    public void Path_of_another_file_is_kept()
    {
        string file = Path.Combine(_folder, "file"), target = Path.Combine(file, "env");
        File.WriteAllText(file, "");
        Exception? error = Record.Exception(() => Directory.CreateDirectory(file));
        Assert.Contains($"'{file}'", Describe(error, target), StringComparison.Ordinal);
        Assert.Equal("No space left on device : '/tmp/other'",
            Describe(new IOException("No space left on device : '/tmp/other'", 28), target));
    }

    [Fact]
    public void Reason_of_real_writes_has_no_path()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs the errors of POSIX");
        string target = Path.Combine(_folder, new string('n', 256));
        Assert.Equal("the path is too long", Describe(Record.Exception(() => Directory.CreateDirectory(target)), target));
        string missing = Path.Combine(_folder, "missing", "file");
        Assert.Equal("the path does not exist", Describe(Record.Exception(() => File.WriteAllText(missing, "")), missing));
    }

    private static string Describe(Exception? error, string target) => WriteProblem.Describe(error!, target);
}
