using Pep668.Machines;

namespace Pep668.Tests.Machines;

/// <summary>Changes go through open folders, and no link leads them to another place.</summary>
public sealed class OpenFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-open-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Outside
    {
        get
        {
            string outside = Path.Combine(_folder, "outside");
            Directory.CreateDirectory(Path.Combine(outside, "sub"));
            File.WriteAllText(Path.Combine(outside, "sub", "file"), "kept");
            return outside;
        }
    }

    [Fact]
    public void Deleting_a_tree_removes_its_links_and_not_what_they_lead_to()
    {
        string tree = Path.Combine(_folder, "tree"), outside = Outside;
        Directory.CreateDirectory(Path.Combine(tree, "a", "b"));
        File.WriteAllText(Path.Combine(tree, "a", "file"), "");
        Link(Path.Combine(tree, "a", "b", "link"), outside);
        File.CreateSymbolicLink(Path.Combine(tree, "dangling"), "nowhere");
        using OpenFolder parent = OpenFolder.Open(_folder);
        parent.DeleteTree("tree");
        Assert.False(Directory.Exists(tree));
        Assert.True(File.Exists(Path.Combine(outside, "sub", "file")));

        Link(tree, outside);
        parent.DeleteTree("tree");
        Assert.True(File.Exists(Path.Combine(outside, "sub", "file")));
        Assert.Equal(["outside"], parent.List()!.Select(item => item.Name));
    }

    [Fact]
    public async Task File_that_another_program_reads_for_a_moment_is_replaced_and_deleted()
    {
        foreach (string name in (string[])["replaced", "deleted"])
        {
            string path = Path.Combine(_folder, name);
            await File.WriteAllTextAsync(path, "new", TestContext.Current.CancellationToken);
            using OpenFolder folder = OpenFolder.Open(_folder);
            FileStream reader = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            Task closing = Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken)
                .ContinueWith(_ => reader.Dispose(), TaskScheduler.Default);
            if (name is "replaced")
            {
                folder.Replace(name, folder, "old");
                Assert.Equal("new", await File.ReadAllTextAsync(Path.Combine(_folder, "old"), TestContext.Current.CancellationToken));
            }
            else
            {
                folder.DeleteFile(name);
            }
            Assert.False(File.Exists(path));
            await closing;
        }
    }

    [Fact]
    public void Deleting_a_tree_deeper_than_the_descriptors_of_a_process_succeeds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths of that length need the folder's descriptor");
        using OpenFolder parent = OpenFolder.Open(_folder);
        parent.MakeFolder("deep");
        var folders = new Stack<OpenFolder>([parent.OpenChild("deep")]);
        for (int level = 0; level < 3000; level++)
        {
            using OpenFolder above = folders.Pop();
            above.MakeFolder("d");
            above.Write("f", "x"u8);
            folders.Push(above.OpenChild("d"));
        }
        folders.Pop().Dispose();
        parent.DeleteTree("deep");
        Assert.Empty(parent.List()!);
    }

    [Fact]
    public void Child_that_is_a_link_is_not_opened()
    {
        string outside = Outside;
        Link(Path.Combine(_folder, "link"), outside);
        using OpenFolder parent = OpenFolder.Open(_folder);
        Assert.ThrowsAny<IOException>(() => parent.OpenChild("link"));
        Assert.ThrowsAny<IOException>(() => parent.OpenChild("missing"));
        using OpenFolder named = parent.OpenChildOrLink("link");
        Assert.Equal(FileKind.Directory, named.Stat("sub").Kind);
    }

    [Fact]
    public void Link_of_another_user_is_followed_only_to_a_folder_of_that_user()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs root, to act as two users");
        string theirs = Path.Combine(_folder, "theirs"), link = Path.Combine(theirs, "link"), own = Path.Combine(theirs, "own");
        Directory.CreateDirectory(own);
        File.CreateSymbolicLink(link, Outside);
        Owner("1234", theirs, own, link);
        var refused = Assert.Throws<UnauthorizedAccessException>(() => OpenFolder.Open(Path.Combine(link, "sub")));
        Assert.Contains("1234", refused.Message);
        File.Delete(link);

        File.CreateSymbolicLink(link, own);
        Owner("1234", link);
        OpenFolder.Open(link).Dispose();

        // A link of root that another user may have moved there.
        File.Delete(link);
        File.CreateSymbolicLink(link, Outside);
        Assert.Throws<UnauthorizedAccessException>(() => OpenFolder.Open(link));
    }

    [Fact]
    public void File_with_another_name_or_that_is_no_regular_file_is_not_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a FIFO needs POSIX");
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "kept");
        Tool.Run("ln", [file, Path.Combine(_folder, "hard")]);
        Tool.Run("ln", ["-s", file, Path.Combine(_folder, "soft")]);
        Tool.Run("mkfifo", [Path.Combine(_folder, "fifo")]);
        using OpenFolder folder = OpenFolder.Open(_folder);
        foreach (FileUse use in Enum.GetValues<FileUse>())
        {
            foreach (string name in (string[])["hard", "soft", "fifo"])
            {
                Assert.ThrowsAny<IOException>(() => folder.OpenFile(name, use));
            }
        }
        Assert.ThrowsAny<IOException>(() => folder.Write("file", "changed"u8));
        Assert.ThrowsAny<IOException>(() => folder.Write("soft", "changed"u8));
        Assert.Equal("kept", File.ReadAllText(file));
    }

    [Fact]
    public void Names_that_are_not_UTF_8_lead_to_the_same_file_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have no such names");
        Tool.Run("sh", ["-c", "mkdir \"$1/$(printf 'v\\377')\" && echo text > \"$1/$(printf 'v\\377')/f\"", "sh", _folder]);
        string name = Assert.Single(FileTree.Host.List(_folder)).Name;
        Assert.Equal("v\uDCFF", name);
        Assert.True(PosixPath.HasBytes(name));
        Assert.False(PosixPath.HasBytes("\U0001D70Bthon"));
        Assert.Equal("text\n", FileTree.Host.ReadText(Path.Combine(_folder, name, "f")));
        using OpenFolder folder = OpenFolder.Open(_folder);
        folder.DeleteTree(name);
        Assert.Empty(folder.List()!);
    }

    [Fact]
    public void Missing_folders_are_created_and_removed_again_while_they_are_empty()
    {
        var created = new List<CreatedFolder>();
        using (OpenFolder folder = OpenFolder.OpenOrCreate(Path.Combine(_folder, "a", "b", "c"), isPrivate: true, created))
        {
            Assert.Equal(["a", "b", "c"], created.Select(one => one.Name));
        }
        Assert.True(Directory.Exists(Path.Combine(_folder, "a", "b", "c")));
        OpenFolder.Close(created, removesEmpty: true);
        Assert.False(Directory.Exists(Path.Combine(_folder, "a")));
    }

    // Wine reports success and creates nothing; Windows requires a privilege.
    private static void Link(string path, string target)
    {
        try
        {
            Directory.CreateSymbolicLink(path, target);
        }
        catch (IOException) when (OperatingSystem.IsWindows())
        {
            // It is missing below.
        }
        Assert.SkipUnless(new DirectoryInfo(path).LinkTarget is not null, "this system or user creates no symbolic links");
    }

    private static void Owner(string user, params string[] paths) => Tool.Run("chown", ["-h", user, .. paths]);
}
