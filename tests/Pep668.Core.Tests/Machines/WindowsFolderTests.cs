using System.Runtime.InteropServices;
using Pep668.Machines;
using Pep668.Machines.Staging;

namespace Pep668.Tests.Machines;

/// <summary>
/// Another user replaces files and folders with links before each call of Windows that an operation makes: nothing
/// outside of the folder is changed. The calls are those of <see cref="AttackedWindows"/>.
/// </summary>
public sealed class WindowsFolderTests : IDisposable
{
    // The outside has the same names, so that each mistake is seen.
    private static readonly string[] Folders = ["a", "a/b", "a/b/c", "a/e", "e"];
    private static readonly string[] Files = ["f", "a/f", "a/b/f"];
    private static readonly string[] Victims = [.. Folders, .. Files, "new", "a/new", "a/b/new", "e/new", "e/f"];

    // A run that is not full takes one case of these for operations of many calls.
    private const int ManySteps = 20, Part = 7;

    private static readonly Dictionary<string, Action<OpenFolder>> Operations = new(StringComparer.Ordinal)
    {
        ["OpenChild"] = root => In(root, "a/b/c", folder => folder.List()),
        ["MakeFolder"] = root => In(root, "a/b", folder =>
        {
            folder.MakeFolder("new");
            In(folder, "new", made => made.MakeFolder("new"));
        }),
        ["MakeFolder in an empty folder"] = root => In(root, "e", folder => folder.MakeFolder("new")),
        ["Write"] = root => In(root, "a/b", folder => folder.Write("new", "text"u8, new(Modified: 1_700_000_000))),
        ["Write in an empty folder"] = root => In(root, "e", folder => folder.Write("new", "text"u8)),
        ["Write below"] = root => root.Write("a/b/new", "text"u8),
        ["Read"] = root => In(root, "a/b", folder => folder.OpenFile("f").Dispose()),
        ["LockAndWrite"] = root => In(root, "a/b", folder => Fill(folder, "f", FileUse.LockAndWrite)),
        ["LockOrCreate"] = root => In(root, "e", folder => Fill(folder, "new", FileUse.LockOrCreate)),
        ["Copy"] = root => In(root, "e", folder => folder.Copy(Path.Combine(root.FullName, "f"), "new", mode: null)),
        ["DeleteFile"] = root => In(root, "a", folder => folder.DeleteFile("f")),
        ["TryRemoveFolder"] = root => In(root, "a", folder => Assert.True(folder.TryRemoveFolder("e"))),
        ["DeleteTree"] = root => root.DeleteTree("a"),
        ["Move of a folder"] = root => In(root, "e", folder => In(root, "a", from => Assert.True(from.Move("b", folder, "new")))),
        ["Move to an empty folder"] = root => In(root, "a", from => Assert.True(from.Move("b", root, "e"))),
        ["Move of a file"] = root => In(root, "e", folder => Assert.True(root.Move("f", folder, "f"))),
        ["Replace"] = root => In(root, "a/b", folder => root.Replace("f", folder, "f")),
        ["Replace in an empty folder"] = root => In(root, "e", folder => root.Replace("f", folder, "f")),
        ["Link"] = root => In(root, "e", folder => Assert.True(folder.Link("new", "target"))),
        ["Staging"] = root => In(root, "e", folder =>
        {
            using StagingLock staging = StagingLock.Create(folder, "new", "tree");
            using (OpenFolder tree = staging.Folder.OpenChild("tree"))
            {
                TreeWriter.Write(tree, [TreeEntry.Folder("a/b"), TreeEntry.File("a/b/f", "text"u8.ToArray())], CancellationToken.None);
            }
            using var moves = new MoveList();
            moves.Move(staging.Folder, "tree", folder, "new");
            moves.Move(moves.Keep(root.OpenChild("a"))!, "b", staging.Folder, "old0");
            Assert.True(moves.TryUndo());
            staging.TryRemove();
        }),
        ["Open by path"] = root => root.OpenPath(Path.Combine(root.FullName, "a", "b", "c")).Dispose(),
        ["Open by path and write"] = root =>
        {
            using OpenFolder folder = root.OpenPath(Path.Combine(root.FullName, "a", "b"));
            folder.Write("new", "text"u8);
        },
        ["Exchange"] = root =>
        {
            TreeEntry[] entries = [.. ((string[])["a/b/new", "a/f", "e/new"]).Select(path => TreeEntry.File(path, "text"u8.ToArray()))];
            TreeReplacer.Exchange(root, ["a/b/c"], entries, CancellationToken.None);
            Assert.DoesNotContain(root.List()!, item => StagingName.IsName(item.Name));
        },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-windows-").FullName;

    public static TheoryData<string> Names => [.. Operations.Keys];

    private static bool IsWine =>
        OperatingSystem.IsWindows() && NativeLibrary.TryGetExport(NativeLibrary.Load("ntdll"), "wine_get_version", out _);

    private string Area => Path.Combine(_folder, "area");

    private string Outside => Path.Combine(_folder, "outside");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Replaced_folder_never_leads_an_operation_outside(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "imitates the calls of Windows with those of Linux");
        string before = Prepare();
        int done = 0, steps = Run(name, "", default, step: 0).Steps, number = 0;
        foreach ((string victim, Attack attack) in Victims.SelectMany(one => Enum.GetValues<Attack>().Select(attack => (one, attack))))
        {
            for (int step = 1; step <= steps; step++)
            {
                if (!TestExtent.IsFull && steps > ManySteps && number++ % Part != 0)
                {
                    continue;
                }
                AttackedWindows windows = Run(name, victim, attack, step);
                done += windows.IsDone ? 1 : 0;
                Assert.True(before == TreeSnapshot.Describe(Outside), $"{attack} of {victim} before call {step}");
            }
        }
        Assert.True(done > 0, "no attack was made");
    }

    // On Windows by its own calls.
    [Theory]
    [MemberData(nameof(Names))]
    public void Operation_succeeds_without_an_attack(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "imitates the calls of Windows with those of Linux");
        Prepare();
        using var windows = NewWindows();
        using OpenFolder root = OperatingSystem.IsWindows() ? OpenFolder.Open(Area) : WindowsFolder.Open(Area, windows);
        Operations[name](root);
    }

    [Fact]
    public void File_is_locked_read_replaced_and_deleted_as_on_POSIX()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "imitates the calls of Windows with those of Linux");
        Prepare();
        using var windows = NewWindows();
        using OpenFolder root = OperatingSystem.IsWindows() ? OpenFolder.Open(Area) : WindowsFolder.Open(Area, windows);
        const int sharingViolation = unchecked((int)0x8007_0020);
        using (root.OpenFile("f", FileUse.Lock))
        {
            Assert.Equal(sharingViolation, Assert.Throws<IOException>(() => root.OpenFile("f")).HResult);
            Assert.Equal(sharingViolation, Assert.Throws<IOException>(() => root.OpenFile("f", FileUse.LockOrCreate)).HResult);
            Assert.ThrowsAny<IOException>(() => root.DeleteFile("f"));
        }
        using (root.OpenFile("f"))
        {
            root.OpenFile("f").Dispose();
        }
        Assert.Throws<FileNotFoundException>(() => root.OpenFile("missing"));
        Assert.Throws<FileNotFoundException>(() => root.OpenFile("missing", FileUse.LockAndWrite));
        Assert.Throws<DirectoryNotFoundException>(() => root.OpenChild("missing"));
        Assert.ThrowsAny<IOException>(() => root.OpenFile("a"));
        Assert.ThrowsAny<IOException>(() => root.OpenChild("f"));
        Assert.ThrowsAny<IOException>(() => root.Write("f", "changed"u8));
        Assert.ThrowsAny<IOException>(() => root.DeleteFile("a"));
        Assert.False(root.MakeFolder("a"));
        Assert.False(root.MakeFolder("f"));
        Assert.Throws<DirectoryNotFoundException>(() => root.MakeFolder("missing/new"));
        Assert.True(!root.TryRemoveFolder("a") || IsWine); // Wine 10 reports success, and does not delete it
        Assert.False(root.TryRemoveFolder("f"));
        Assert.False(root.Move("e", root, "a"));
        root.DeleteFile("missing");
        root.OpenFile("made", FileUse.LockOrCreate).Dispose();
        Assert.Equal(["a", "e", "f", "made"], root.List()!.Select(item => item.Name).Order(StringComparer.Ordinal));
        Assert.Equal("inside", File.ReadAllText(Path.Combine(Area, "f")));
        root.Replace("made", root, "f");
        Assert.Equal("", File.ReadAllText(Path.Combine(Area, "f")));
    }

    [Theory]
    [InlineData("a", false)]
    [InlineData("a/b", false)]
    [InlineData("a/b/c", true)]
    [InlineData("e", true)]
    public void Open_folder_and_the_folders_above_it_cannot_be_renamed(string victim, bool isPossible)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "imitates the calls of Windows with those of Linux");
        Prepare();
        using var windows = NewWindows();
        using OpenFolder root = WindowsFolder.Open(Area, windows);
        In(root, "a/b", folder =>
        {
            windows.Plan(victim, Attack.Rename, step: 1);
            Assert.Equal(FileKind.File, folder.Stat("f").Kind);
        });
        Assert.Equal((isPossible, !isPossible), (windows.IsDone, windows.IsRefused));
    }

    private AttackedWindows Run(string name, string victim, Attack attack, int step)
    {
        using AttackedWindows windows = NewWindows();
        using OpenFolder root = WindowsFolder.Open(Area, windows);
        windows.Plan(victim, attack, step);
        try
        {
            Operations[name](root);
        }
        catch (Exception error) when (step > 0 && error is IOException or UnauthorizedAccessException or Xunit.Sdk.IAssertionException)
        {
            // What was replaced is not found, or is a link.
        }
        return windows;
    }

    private AttackedWindows NewWindows()
    {
        string hidden = Path.Combine(_folder, "hidden");
        foreach (string old in (string[])[Area, hidden])
        {
            if (Directory.Exists(old))
            {
                Directory.Delete(old, recursive: true);
            }
        }
        Directory.CreateDirectory(hidden);
        Make(Area, "inside");
        return new(Area, Outside, hidden);
    }

    private string Prepare()
    {
        foreach (string folder in (string[])["", "b", "b/c", "c"])
        {
            Make(Path.Combine(Outside, folder), "outside");
        }
        return TreeSnapshot.Describe(Outside);
    }

    private static void Make(string place, string text)
    {
        foreach (string folder in Folders)
        {
            Directory.CreateDirectory(Path.Combine(place, folder));
        }
        foreach (string file in Files)
        {
            File.WriteAllText(Path.Combine(place, file), text);
        }
    }

    private static void In(OpenFolder folder, string path, Action<OpenFolder> work)
    {
        string[] parts = path.Split('/', 2);
        using OpenFolder child = folder.OpenChild(parts[0]);
        if (parts.Length == 1)
        {
            work(child);
        }
        else
        {
            In(child, parts[1], work);
        }
    }

    private static void Fill(OpenFolder folder, string name, FileUse use)
    {
        using var file = folder.OpenFile(name, use);
        RandomAccess.Write(file, "changed"u8, 0);
    }
}
