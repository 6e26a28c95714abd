namespace Pep668.Tests;

/// <summary>Changes databases with the <c>sqlite3</c> of the system's Python.</summary>
internal static class SqliteTool
{
    private const string Python = "/usr/bin/python3";

    // The copies are made while the database is open: its log is not yet part of it.
    private const string Script = """
        import os, shutil, sqlite3, sys
        db = sqlite3.connect(sys.argv[1])
        db.execute('PRAGMA journal_mode=WAL')
        db.execute('PRAGMA wal_autocheckpoint=0')
        db.execute('PRAGMA cache_size=4')
        exec(sys.argv[3])
        os.mkdir(sys.argv[2])
        for end in ('', '-wal'):
            if os.path.exists(sys.argv[1] + end):
                shutil.copy(sys.argv[1] + end, sys.argv[2])
        """;

    internal static void Need() => Assert.SkipUnless(
        File.Exists(Python) && Tool.Run(Python, ["-c", "import sqlite3"]).ExitCode == 0, "needs /usr/bin/python3 with sqlite3");

    /// <summary>Changes a database.</summary>
    /// <param name="path">The database; with what was committed, if the statements do not fail.</param>
    /// <param name="copy">A new folder, with the database and its log as they were before it was closed.</param>
    /// <param name="statements">Statements of Python, with the open database <c>db</c>.</param>
    internal static void Change(string path, string copy, string statements) =>
        Tool.Run(Python, ["-c", Script, path, copy, statements]).Checked();

    /// <summary>The values of a query, as Python writes them.</summary>
    internal static string[] Query(string path, string query)
    {
        const string script = "import sqlite3, sys\nfor row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(row[0])";
        return Tool.Run(Python, ["-c", script, path, query]).Checked().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
