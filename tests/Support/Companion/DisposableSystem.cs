using System.Text.Json;

namespace Pep668.Tests;

/// <summary>
/// A copy of this Debian in which anything may be broken: its root is the lower layer of an overlay, all changes are in
/// memory. The companion is in it, and is the <c>pep668</c> of its PATH.
/// </summary>
internal sealed class DisposableSystem : IDisposable
{
    private const string Path = "/opt/pep668:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private readonly string _place = Directory.CreateTempSubdirectory("pep668-system-").FullName;
    private readonly List<string> _mounts = [];

    internal DisposableSystem()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName is "root" && File.Exists("/usr/bin/apt-get"),
            "needs root on Debian or Ubuntu");
        try
        {
            Mount(_place, "-t", "tmpfs", "tmpfs");
            foreach (string folder in (string[])["upper", "work", "root"])
            {
                Directory.CreateDirectory(System.IO.Path.Combine(_place, folder));
            }
            Root = System.IO.Path.Combine(_place, "root");
            Mount(Root, "-t", "overlay", "overlay", "-o", $"lowerdir=/,upperdir={_place}/upper,workdir={_place}/work");
            Mount(Root + "/proc", "-t", "proc", "proc");
            Mount(Root + "/dev", "--bind", "/dev");
            CopyCompanion();
            File.WriteAllText(Root + "/etc/apt/apt.conf.d/99yes", "APT::Get::Assume-Yes \"true\";\n");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Its root, as a path of this machine.</summary>
    internal string Root { get; } = "";

    /// <summary>Runs a command line of <c>sh</c> in it, as root.</summary>
    internal Tool.Result Shell(string line) => Tool.Run("chroot",
    [
        Root, "/usr/bin/env", "-i", "HOME=/root", "PATH=" + Path, "LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive",
        "DOTNET_ROOT=/opt/dotnet",
        "/bin/sh", "-c", line,
    ]);

    /// <summary>Installs packages of the distribution; the test is skipped if that is not possible.</summary>
    internal void Install(params string[] packages)
    {
        string line = "apt-get install -y --no-install-recommends " + string.Join(' ', packages);
        if (Shell(line).ExitCode != 0 && Shell($"apt-get update -qq && {line}") is { ExitCode: not 0 } result)
        {
            Assert.Skip("needs packages that apt can install: " + result.Error);
        }
    }

    /// <summary>What <c>pep668 conflicts</c> finds.</summary>
    internal IReadOnlyList<JsonElement> Conflicts()
    {
        Tool.Result result = Shell("pep668 conflicts --json");
        Assert.InRange(result.ExitCode, 0, 1);
        return [.. JsonDocument.Parse(result.Output).RootElement.EnumerateArray()];
    }

    public void Dispose()
    {
        foreach (string mount in Enumerable.Reverse(_mounts))
        {
            if (Tool.Run("umount", [mount]).ExitCode != 0)
            {
                Tool.Run("umount", ["-l", mount]).Checked();
            }
        }
        _mounts.Clear();
        // Not recursive: nothing is deleted through a mount that is still there.
        Directory.Delete(_place);
    }

    private void Mount(string target, params string[] arguments)
    {
        Tool.Result result = Tool.Run("mount", [.. arguments, target]);
        Assert.SkipUnless(result.ExitCode == 0, "needs overlay mounts: " + result.Error);
        _mounts.Add(target);
    }

    // The program that the tests run, and the runtime that runs it.
    private void CopyCompanion()
    {
        Directory.CreateDirectory(Root + "/opt/pep668");
        string program = Companion.Command[^1], runtime = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
        if (Companion.Command.Count == 1)
        {
            File.Copy(program, Root + "/opt/pep668/pep668");
            return;
        }
        string folder = System.IO.Path.GetDirectoryName(program)!, dotnet = System.IO.Path.GetDirectoryName(Companion.Command[0])!;
        string version = System.IO.Path.GetFileName(runtime.TrimEnd('/'));
        Tool.Run("cp", ["-r", folder, Root + "/opt/companion"]).Checked();
        Tool.Run("sh", ["-c", """
            set -e
            mkdir -p "$2/opt/dotnet/shared/Microsoft.NETCore.App"
            cp -L "$1/dotnet" "$2/opt/dotnet/"
            cp -r "$1/host" "$2/opt/dotnet/"
            cp -r "$1/shared/Microsoft.NETCore.App/$3" "$2/opt/dotnet/shared/Microsoft.NETCore.App/"
            """, "sh", dotnet, Root, version]).Checked();
        File.WriteAllText(Root + "/opt/pep668/pep668", "#!/bin/sh\nexec /opt/dotnet/dotnet /opt/companion/pep668.dll \"$@\"\n");
        File.SetUnixFileMode(Root + "/opt/pep668/pep668", (UnixFileMode)0b111_101_101);
    }
}
