using System.Diagnostics;
using Pep668.Machines;

namespace Pep668.Tests.Machines;

/// <summary>The temporary folder of a run, which a later command deletes if the run was killed.</summary>
public sealed class RunFolderTests
{
    [Fact]
    public void Folder_of_a_killed_process_is_deleted_by_the_next_command()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "starts /bin/sh and creates a symbolic link");
        RunningProcess ended;
        using (Process process = Process.Start("/bin/sh", ["-c", "exit"]))
        {
            ended = RunningProcess.Read(process);
            process.WaitForExit();
        }
        using var self = Process.GetCurrentProcess();
        RunningProcess alive = RunningProcess.Read(self);
        string abandoned = Make(ended);
        string used = Make(ended);
        File.WriteAllText(Path.Combine(used, "process"), FormattableString.Invariant($"{alive.Id}-{alive.Started}"));
        string current = Make(alive);
        using var other = TemporaryFolder.Create();
        string link = abandoned + "-link";
        File.CreateSymbolicLink(link, other.FullName);
        File.WriteAllText(other.At("kept"), "");
        try
        {
            using (TemporaryFolder made = RunFolder.Create())
            {
                Assert.True(Directory.Exists(made.FullName));
                Assert.False(Directory.Exists(abandoned));
                Assert.True(File.Exists(Path.Combine(used, "requirements.txt")));
                Assert.True(File.Exists(Path.Combine(current, "requirements.txt")));
                Assert.True(File.Exists(other.At("kept")));
            }
        }
        finally
        {
            File.Delete(link);
            Directory.Delete(used, recursive: true);
            Directory.Delete(current, recursive: true);
        }
    }

    private static string Make(RunningProcess process)
    {
        string folder = Directory.CreateTempSubdirectory(RunFolder.NameStart(process)).FullName;
        File.WriteAllText(Path.Combine(folder, "requirements.txt"), "x @ https://user:pw@host/x\n");
        return folder;
    }
}
