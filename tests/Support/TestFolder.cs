using System.Runtime.CompilerServices;

namespace Pep668.Tests;

/// <summary>
/// The folder of temporary files. Tests write hundreds of thousands of small files; a file system in memory takes a
/// tenth of the time of a disk. A full run (<see cref="TestExtent"/>) uses the disk, as users do.
/// </summary>
internal static class TestFolder
{
    private const string Memory = "/dev/shm", Variable = "TMPDIR";

    [ModuleInitializer]
    internal static void Use()
    {
        if (!TestExtent.IsFull && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) && IsSuitable())
        {
            Environment.SetEnvironmentVariable(Variable, Memory);
        }
    }

    // A container often has 64 MB there, or runs no programs from it. The files of a run take some 200 MB.
    private static bool IsSuitable() =>
        OperatingSystem.IsLinux()
        && File.ReadLines("/proc/mounts").Select(line => line.Split(' ')).LastOrDefault(mount => mount[1] is Memory) is { } mount
        && mount[2] is "tmpfs" && !mount[3].Split(',').Any(option => option is "noexec" or "ro")
        && new DriveInfo(Memory).AvailableFreeSpace > 2L << 30;
}
