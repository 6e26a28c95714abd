using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pep668.Machines;

/// <summary>An open folder on POSIX: everything in it is named by its descriptor.</summary>
internal sealed class PosixFolder : OpenFolder
{
    private const int DefaultFolderMode = 0x1FF, PrivateFolderMode = 0x1C0; // 0777, of which the user's mask takes its part; 0700
    private const int DefaultFileMode = 0x1B6, PrivateFileMode = 0x180;     // 0666, of which the user's mask takes its part; 0600

    private const int Attempts = 5;

    private readonly int _descriptor;
    private bool _isClosed;

    private PosixFolder(string fullName, int descriptor)
        : base(fullName) => _descriptor = descriptor;

    internal static new PosixFolder Open(string path)
    {
        int root = PosixCalls.Open(PosixCalls.ProcessFolder, "/", PosixCalls.Enter);
        if (root < 0)
        {
            throw PosixCalls.Failed("/");
        }
        try
        {
            WalkedPath place = PathWalk.Find(root, Path.GetFullPath(path), followLast: true, out int error)
                ?? throw PosixCalls.Failed(path, error);
            try
            {
                int descriptor = PosixCalls.Open(place.Folder, place.Name, PosixCalls.Enter);
                PosixFolder folder = descriptor < 0 ? throw PosixCalls.Failed(path) : new(path, descriptor);
                if (place.Authority is uint user && folder.Stat().Owner != user)
                {
                    folder.Dispose();
                    throw new UnauthorizedAccessException(
                        $"'{path}' leads through a link of another user (id {user}) to '{place.RealPath}', which is not theirs");
                }
                return folder;
            }
            finally
            {
                if (place.Folder != root)
                {
                    PosixCalls.Close(place.Folder);
                }
            }
        }
        finally
        {
            PosixCalls.Close(root);
        }
    }

    internal override FileEntry Stat() => NativeFile.Stat(_descriptor, ".");

    internal override FileEntry Stat(string name) => NativeFile.Stat(_descriptor, name);

    internal override IReadOnlyList<DirectoryItem>? List() => NativeDirectory.List(_descriptor, ".");

    internal override PosixFolder OpenChild(string name)
    {
        int descriptor = PosixCalls.Open(_descriptor, name, PosixCalls.Enter);
        return descriptor < 0 ? throw PosixCalls.Failed(At(name)) : new(At(name), descriptor);
    }

    internal override bool MakeFolder(string name, bool isPrivate = false) =>
        PosixCalls.MakeFolder(_descriptor, name, isPrivate ? PrivateFolderMode : DefaultFolderMode)
        || (PosixCalls.Error() == PosixCalls.Exists ? false : throw PosixCalls.Failed(At(name)));

    internal override SafeFileHandle OpenFile(string name, FileUse use = FileUse.Read)
    {
        int flags = PosixCalls.ReadOnly | PosixCalls.NoFollow
            | (use is FileUse.Read or FileUse.Lock ? 0 : PosixCalls.ReadWrite);
        int descriptor = PosixCalls.Open(_descriptor, name, flags);
        // Another process may create or delete it in between.
        for (int attempt = 1; descriptor < 0 && use == FileUse.LockOrCreate && attempt <= Attempts
            && PosixCalls.Error() == PosixCalls.Missing; attempt++)
        {
            descriptor = PosixCalls.Open(_descriptor, name, flags | PosixCalls.Create, PrivateFileMode);
            if (descriptor < 0 && PosixCalls.Error() == PosixCalls.Exists)
            {
                descriptor = PosixCalls.Open(_descriptor, name, flags);
            }
        }
        if (descriptor < 0)
        {
            int error = PosixCalls.Error();
            throw error == PosixCalls.Missing
                ? new FileNotFoundException($"'{At(name)}' does not exist.")
                : PosixCalls.Failed(At(name), error);
        }
        FileEntry entry = NativeFile.Stat(descriptor);
        if (entry.Kind != FileKind.File || entry.Links != 1)
        {
            PosixCalls.Close(descriptor);
            throw new IOException(
                entry.Kind != FileKind.File ? $"'{At(name)}' is not a regular file." : $"'{At(name)}' has several names.");
        }
        return new(descriptor, ownsHandle: true);
    }

    internal override void Write(string name, ReadOnlySpan<byte> content, in NewFile attributes = default)
    {
        int descriptor =
            PosixCalls.Open(_descriptor, name, PosixCalls.WriteOnly | PosixCalls.Create | PosixCalls.NoFollow | PosixCalls.CloseOnExec,
            attributes.IsPrivate ? PrivateFileMode : DefaultFileMode);
        if (descriptor < 0)
        {
            throw PosixCalls.Failed(At(name));
        }
        Exception? failure = NativeWrite.Fill(descriptor, content, attributes) ? null : PosixCalls.Failed(At(name));
        // A network file system may report only here that there is no space.
        if (!PosixCalls.TryClose(descriptor))
        {
            failure ??= PosixCalls.Failed(At(name));
        }
        if (failure is not null)
        {
            throw failure;
        }
    }

    internal override bool Link(string name, string target) =>
        PosixCalls.Link(target, _descriptor, name)
        || (PosixCalls.IsUnsupported(PosixCalls.Error()) ? false : throw PosixCalls.Failed(At(name)));

    internal override void DeleteFile(string name)
    {
        if (!PosixCalls.Remove(_descriptor, name) && PosixCalls.Error() != PosixCalls.Missing)
        {
            throw PosixCalls.Failed(At(name));
        }
    }

    internal override bool TryRemoveFolder(string name) => PosixCalls.Remove(_descriptor, name, isFolder: true);

    internal override bool Move(string name, OpenFolder to, string newName)
    {
        if (PosixCalls.Rename(_descriptor, name, Descriptor(to), newName))
        {
            return true;
        }
        int error = PosixCalls.Error();
        return error == PosixCalls.Exists || error == PosixCalls.NotFolder || error == PosixCalls.NotEmpty || error == PosixCalls.IsFolder
            ? false : throw PosixCalls.Failed(((PosixFolder)to).At(newName), error);
    }

    internal override void Replace(string name, OpenFolder to, string newName)
    {
        if (!PosixCalls.Rename(_descriptor, name, Descriptor(to), newName))
        {
            throw PosixCalls.Failed(((PosixFolder)to).At(newName));
        }
    }

    internal override bool TryExchange(string name, OpenFolder other, string otherName) =>
        PosixCalls.Exchange(_descriptor, name, Descriptor(other), otherName);

    private protected override void Copy(SafeFileHandle source, string name, UnixFileMode? mode) =>
        Write(name, Content(source), new(Mode: mode ?? NativeFile.Stat((int)source.DangerousGetHandle()).Mode));

    public override void Dispose()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            PosixCalls.Close(_descriptor);
        }
    }

    private static int Descriptor(OpenFolder folder) => ((PosixFolder)folder)._descriptor;

    private string At(string name) => Path.Combine(FullName, name);
}
