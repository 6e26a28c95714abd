using Pep668.Machines;

namespace Pep668.Pip.Applications;

/// <summary>The state of the file in which an installer records an application.</summary>
internal enum RecordState
{
    /// <summary>It is what the installer writes.</summary>
    Complete,

    /// <summary>It does not exist: the installer writes it last.</summary>
    Missing,

    /// <summary>Its content is not what the installer writes, so that the installer cannot change the
    /// application.</summary>
    Damaged,

    /// <summary>It cannot be read.</summary>
    Unreadable,
}

/// <summary>The file in which an installer records an application.</summary>
/// <param name="Path">The file.</param>
/// <param name="State">Its state.</param>
/// <param name="Problem">Why it cannot be read, as a clause; null if it can.</param>
internal sealed record ApplicationRecord(string Path, RecordState State, string? Problem = null)
{
    /// <summary>Reads one.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes to accept.</param>
    /// <param name="parse">Reads its content; null if it is not what the installer writes.</param>
    /// <param name="content">What <paramref name="parse"/> returned.</param>
    internal static ApplicationRecord Read<T>(FileTree files, string path, int limit, Func<byte[], T?> parse, out T? content)
        where T : class
    {
        FileContent read = files.Read(path, limit);
        content = read.Bytes is byte[] bytes ? parse(bytes) : null;
        return content is not null ? new(path, RecordState.Complete)
            : read.Bytes is not null ? new(path, RecordState.Damaged)
            : files.IsFile(path) ? new(path, RecordState.Unreadable, read.Problem)
            : new(path, RecordState.Missing);
    }
}
