using System.Text;
using Pep668.Distros;
using Pep668.Machines;

namespace Pep668.Tests.Distros;

/// <summary>Databases with a write-ahead log, compared with SQLite's own view of them.</summary>
public sealed class SqliteImageTests : IDisposable
{
    private const string Query = "SELECT id || ' ' || text || ' ' || length(data) FROM rows ORDER BY id";

    // Each run makes a database of another form: its page size, transactions that grow and shrink it, checkpoints after
    // which the log is used from its start again, and a transaction at the end that is not committed but is in the log.
    private const string Random = """
        import random
        r = random.Random(SEED)
        def change():
            for _ in range(r.randrange(1, 12)):
                kind = r.randrange(10)
                if kind < 6: db.execute('INSERT INTO rows(text, data) VALUES (?, ?)', (str(r.random()), bytes(r.randrange(20000))))
                elif kind < 8: db.execute('DELETE FROM rows WHERE id % 3 = ?', (r.randrange(3),))
                else: db.execute('UPDATE rows SET data = ? WHERE id % 5 = ?', (bytes(r.randrange(3000)), r.randrange(5)))
        if r.randrange(2) == 0:
            db.execute('PRAGMA journal_mode=DELETE')
            db.execute('PRAGMA page_size=%d' % r.choice([512, 1024, 4096, 65536]))
            if r.randrange(2): db.execute('PRAGMA auto_vacuum=FULL')
            db.execute('VACUUM')
            db.execute('PRAGMA journal_mode=WAL')
        db.execute('CREATE TABLE rows(id INTEGER PRIMARY KEY, text, data)')
        for _ in range(r.randrange(1, 8)):
            change()
            db.commit()
            if r.randrange(4) == 0: db.execute('PRAGMA wal_checkpoint(%s)' % r.choice(['PASSIVE', 'RESTART', 'TRUNCATE']))
            if r.randrange(5) == 0: db.execute('VACUUM')
        if r.randrange(2) == 0:
            change()
            change()
        """;

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    public SqliteImageTests()
    {
        Assert.SkipWhen(SystemSqlite.Shared is null, "needs the system's SQLite");
        SqliteTool.Need();
    }

    [Fact]
    public void Rows_are_those_that_SQLite_finds() => RandomSeed.Fresh().Run(seed =>
    {
        for (int round = 0; round < TestExtent.Count(100); round++)
        {
            string copy = Make(unchecked(seed + round), $"/{round}");
            IReadOnlyList<string> found = Rows(copy, out string? problem);
            Assert.Null(problem);
            Assert.Equal(SqliteTool.Query(_world.OnDisk(copy), Query), found);
        }
    });

    [Fact]
    public void Log_that_is_cut_or_changed_gives_a_state_before()
    {
        string copy = Make("""
            db.execute('CREATE TABLE rows(id INTEGER PRIMARY KEY, text, data)')
            for number in range(20):
                db.execute("INSERT INTO rows VALUES (?, 'x', zeroblob(100))", (number,))
                db.commit()
            """, "/log");
        byte[] log = File.ReadAllBytes(_world.OnDisk(copy + "-wal"));
        RandomSeed.Fresh().Run(seed =>
        {
            var random = new Random(seed);
            for (int round = 0; round < 100; round++)
            {
                byte[] changed = [.. log];
                int at = random.Next(log.Length);
                changed[at] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(_world.OnDisk(copy + "-wal"), round % 2 == 0 ? changed : log[..at]);
                IReadOnlyList<string> found = Rows(copy, out string? problem);
                // Before the first transaction, there is no table, and no database.
                Assert.True(problem is null || found.Count == 0, problem);
                Assert.Equal(Enumerable.Range(0, found.Count).Select(number => FormattableString.Invariant($"{number} x 100")), found);
            }
        });
    }

    [Fact]
    public void No_bytes_make_the_reader_fail()
    {
        string copy = Make(1, "/seed");
        byte[] database = File.ReadAllBytes(_world.OnDisk(copy));
        byte[] log = File.Exists(_world.OnDisk(copy + "-wal")) ? File.ReadAllBytes(_world.OnDisk(copy + "-wal")) : [];
        Fuzzer.Run(
        [
            new("log", bytes => SqliteImage.Merge([.. database], bytes), log.Length > 0 ? log : new byte[32]),
            new("database", bytes => SystemSqlite.Shared!.Read(SqliteImage.Merge(bytes, log: []), Query, _ => { }), database),
        ], full: 40_000);
    }

    [Theory]
    [InlineData("CREATE VIEW rows(id, text, data) AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT i, i, i FROM n")]
    [InlineData("CREATE VIEW rows(id, text, data) AS SELECT 1, zeroblob(900000000), 1")]
    [InlineData("CREATE VIEW rows(id, text, data) AS SELECT 1, load_extension('x'), 1")]
    public void Database_with_a_query_of_its_own_cannot_take_long(string view)
    {
        string copy = Make($"db.execute(\"{view}\")\ndb.commit()", "/view");
        Assert.Empty(Rows(copy, out string? problem));
        Assert.NotNull(problem);
    }

    private string Make(int seed, string folder) =>
        Make(Random.Replace("SEED", FormattableString.Invariant($"{seed}"), StringComparison.Ordinal), folder);

    private string Make(string statements, string folder)
    {
        SqliteTool.Change(_world.OnDisk($"{folder}.sqlite"), _world.OnDisk(folder), statements);
        return $"{folder}{folder}.sqlite";
    }

    private IReadOnlyList<string> Rows(string path, out string? problem)
    {
        var rows = new List<string>();
        problem = null;
        problem = SqliteImage.Read(_world.Machine.Files, path, out string? unread) is byte[] image
            ? SystemSqlite.Shared!.Read(image, Query, value => rows.Add(Encoding.UTF8.GetString(value))) : unread;
        return rows;
    }
}
