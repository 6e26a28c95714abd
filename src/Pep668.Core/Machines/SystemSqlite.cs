using System.Runtime.InteropServices;

namespace Pep668.Machines;

/// <summary>
/// The system's own SQLite (3.23 or later, which has <c>sqlite3_deserialize</c>), found at run time: no library comes
/// with this module. It is given databases as bytes and never opens a file.
/// </summary>
internal sealed unsafe class SystemSqlite
{
    private const int Row = 100, Done = 101;                                 // SQLITE_ROW, SQLITE_DONE
    private const int OpenReadWrite = 0x2, OpenCreate = 0x4, OpenMemory = 0x80; // SQLITE_OPEN_…
    private const uint ReadOnly = 4;                                         // SQLITE_DESERIALIZE_READONLY
    private const int MostOperations = 20_000_000;

    private static readonly Lazy<SystemSqlite?> Loaded = new(Load);

    private readonly delegate* unmanaged<byte*, nint*, int, byte*, int> _open;
    private readonly delegate* unmanaged<nint, byte*, byte*, long, long, uint, int> _deserialize;
    private readonly delegate* unmanaged<nint, byte*, int, nint*, byte**, int> _prepare;
    private readonly delegate* unmanaged<nint, int> _step;
    private readonly delegate* unmanaged<nint, int, byte*> _blob;
    private readonly delegate* unmanaged<nint, int, int> _length;
    private readonly delegate* unmanaged<nint, int> _finalize;
    private readonly delegate* unmanaged<nint, int> _close;
    private readonly delegate* unmanaged<nint, byte*> _message;
    private readonly delegate* unmanaged<nint, int, int, int> _limit;
    private readonly delegate* unmanaged<nint, int, delegate* unmanaged<nint, int>, nint, void> _progress;

    // The default calling convention of each system is also that of its SQLite: stdcall for winsqlite3.dll.
    private SystemSqlite(nint library)
    {
        _open = (delegate* unmanaged<byte*, nint*, int, byte*, int>)Export("open_v2");
        _deserialize = (delegate* unmanaged<nint, byte*, byte*, long, long, uint, int>)Export("deserialize");
        _prepare = (delegate* unmanaged<nint, byte*, int, nint*, byte**, int>)Export("prepare_v2");
        _step = (delegate* unmanaged<nint, int>)Export("step");
        _blob = (delegate* unmanaged<nint, int, byte*>)Export("column_blob");
        _length = (delegate* unmanaged<nint, int, int>)Export("column_bytes");
        _finalize = (delegate* unmanaged<nint, int>)Export("finalize");
        _close = (delegate* unmanaged<nint, int>)Export("close_v2");
        _message = (delegate* unmanaged<nint, byte*>)Export("errmsg");
        _limit = (delegate* unmanaged<nint, int, int, int>)Export("limit");
        _progress = (delegate* unmanaged<nint, int, delegate* unmanaged<nint, int>, nint, void>)Export("progress_handler");

        nint Export(string name) => NativeLibrary.GetExport(library, "sqlite3_" + name);
    }

    /// <summary>Takes the value of one row, which is valid during the call only.</summary>
    internal delegate void RowReader(ReadOnlySpan<byte> value);

    /// <summary>The library; null where the system has none that can be used.</summary>
    internal static SystemSqlite? Shared => Loaded.Value;

    /// <summary>Runs a query on a database and passes on the first column of each row.</summary>
    /// <param name="image">The bytes of the database, not in WAL mode. They are not changed.</param>
    /// <param name="query">The query. Its rows together may not be larger than the database.</param>
    /// <param name="read">Takes each row.</param>
    /// <returns>Why the rows are not complete, as a clause; null if they are.</returns>
    internal string? Read(byte[] image, string query, RowReader read)
    {
        if (image.Length == 0)
        {
            return "it is empty";
        }
        nint connection = 0;
        fixed (byte* bytes = image, memory = ":memory:\0"u8, main = "main\0"u8)
        {
            try
            {
                if (_open(memory, &connection, OpenReadWrite | OpenCreate | OpenMemory, null) != 0
                    || _deserialize(connection, main, bytes, image.Length, image.Length, ReadOnly) != 0)
                {
                    return Message(connection);
                }
                // A database can contain views, functions in its schema, and pages that refer to each other: no value
                // is longer than the database (SQLITE_LIMIT_LENGTH), and a statement has an end.
                _limit(connection, 0, image.Length);
                _progress(connection, MostOperations, &Stop, 0);
                return Rows(connection, "PRAGMA trusted_schema=OFF", int.MaxValue, _ => { })
                    ?? Rows(connection, "PRAGMA cell_size_check=ON", int.MaxValue, _ => { })
                    ?? Rows(connection, query, image.Length, read);
            }
            finally
            {
                _close(connection); // before the image may move
            }
        }
    }

    private string? Rows(nint connection, string query, int most, RowReader read)
    {
        nint statement = 0;
        try
        {
            fixed (byte* text = System.Text.Encoding.UTF8.GetBytes(query + '\0'))
            {
                if (_prepare(connection, text, -1, &statement, null) != 0)
                {
                    return Message(connection);
                }
            }
            int code;
            for (long total = 0; (code = _step(statement)) == Row;)
            {
                byte* value = _blob(statement, 0);
                int length = value is null ? 0 : _length(statement, 0);
                total += Math.Max(1, length);
                if (total > most)
                {
                    return "its rows are larger than the file";
                }
                read(new(value, length));
            }
            return code == Done ? null : Message(connection);
        }
        finally
        {
            _finalize(statement);
        }
    }

    private string Message(nint connection) => Marshal.PtrToStringUTF8((nint)_message(connection)) ?? "it is not a database";

    [UnmanagedCallersOnly]
    private static int Stop(nint unused) => 1;

    private static SystemSqlite? Load()
    {
        (string name, DllImportSearchPath? where) = OperatingSystem.IsWindows() ? ("winsqlite3.dll", DllImportSearchPath.System32)
            : (OperatingSystem.IsMacOS() ? "/usr/lib/libsqlite3.dylib" : "libsqlite3.so.0", (DllImportSearchPath?)null);
        try
        {
            return NativeLibrary.TryLoad(name, typeof(SystemSqlite).Assembly, where, out nint library) ? new(library) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null; // an old version, or one that was built without a part
        }
    }
}
