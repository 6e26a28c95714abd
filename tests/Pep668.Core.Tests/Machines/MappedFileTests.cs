using System.Runtime.CompilerServices;
using Pep668.Machines;

namespace Pep668.Tests.Machines;

/// <summary>A mapped file is released when nothing refers to its memory.</summary>
public sealed class MappedFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("pep668-mapped-").FullName, "a mapped file");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Mapped_file_without_references_is_released()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc");
        File.WriteAllBytes(_path, new byte[1 << 16]);
        Assert.True(Use());
        for (int tries = 0; tries < 10 && IsMapped(); tries++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(IsMapped());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Use()
    {
        MappedFile file = MappedFile.Open(File.OpenHandle(_path))!;
        bool isMapped = file.Memory.Length == 1 << 16 && IsMapped();
        GC.KeepAlive(file);
        return isMapped;
    }

    private static bool IsMapped() => File.ReadAllText("/proc/self/maps").Contains("a mapped file", StringComparison.Ordinal);
}
