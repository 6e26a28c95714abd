using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pep668.Machines;
using Pep668.Shells;
using Pep668.Text;

namespace Pep668.Cli;

/// <summary>Results go to stdout, everything else to stderr. What a terminal would obey is escaped here, and only
/// here.</summary>
/// <param name="results">stdout.</param>
/// <param name="messages">stderr.</param>
/// <param name="terminalWidth">Measures the terminal that shows stdout, in columns; null if stdout is not a
/// terminal.</param>
internal sealed class Output(TextWriter results, TextWriter messages, Func<int>? terminalWidth = null)
{
    private const string Indent = "    ";
    private const string Separator = "  ";

    /// <summary>The contract's records as JSON, remedies with their commands.</summary>
    internal static Pep668Json Contract { get; } =
        new(new JsonSerializerOptions(Pep668Json.Default.Options)
        {
            Converters = { new RemedyConverter(), new AdviceConverter() },
            // It never becomes HTML: quotes and other letters need no escapes.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    /// <summary>One JSON document. An escape in it is the exact character.</summary>
    internal void Json<T>(T value, JsonTypeInfo<T> type)
    {
        using (var stream = new DisplayStream(results))
        {
            JsonSerializer.Serialize(stream, value, type);
        }
        results.WriteLine();
    }

    /// <summary>A JSON document on one line, in UTF-8.</summary>
    internal void JsonLine(ReadOnlySpan<byte> document)
    {
        using (var stream = new DisplayStream(results))
        {
            stream.Write(document);
        }
        results.WriteLine();
    }

    /// <summary>A line of the result.</summary>
    internal void Line(string text) => results.WriteLine(DisplayText.Escape(text));

    /// <summary>A line of the result that is shortened to the width of a terminal; elsewhere it is complete.</summary>
    internal void ShortLine(string text)
    {
        string shown = DisplayText.Escape(text);
        int width = terminalWidth is null ? int.MaxValue : Math.Max(terminalWidth() - 1, 40);
        results.WriteLine(shown.Length <= width ? shown : shown[..(width - 1)] + "…");
    }

    /// <summary>A result of several lines.</summary>
    internal void Lines(string text) => results.WriteLine(DisplayText.EscapeLines(text));

    /// <summary>What the user should know, on one line.</summary>
    internal void Note(string text) => Message(DisplayText.Escape(text));

    /// <summary>Lines of another program or file.</summary>
    internal void Quote(string text, string indent = "")
    {
        foreach (string line in DisplayText.EscapeLines(text).Split('\n'))
        {
            Message(line.Length == 0 ? "" : indent + line);
        }
    }

    private void Message(string text)
    {
        try
        {
            messages.WriteLine(text);
        }
        catch (Exception error) when (IsLost(error))
        {
            StandardError.WriteLine(text);
        }
    }

    /// <summary>The warnings of an outcome, and its reasons if the user wants to know them.</summary>
    /// <typeparam name="T">The type of its value.</typeparam>
    /// <param name="outcome">The outcome.</param>
    /// <param name="isVerbose">Whether the user wants to know them.</param>
    internal void Explain<T>(Outcome<T> outcome, bool isVerbose)
        where T : class
    {
        foreach (string reason in isVerbose ? outcome.Reasons : [])
        {
            Note(reason);
        }
        Notices(outcome.Notices);
    }

    /// <summary>What the user should know of an outcome, a line each.</summary>
    internal void Notices(IReadOnlyList<Notice> notices)
    {
        foreach (Notice notice in notices)
        {
            Note("pep668: " + notice.Message);
            Remedies(notice.Remedies);
        }
    }

    /// <summary>Whether a stream accepts no more: a full disk, a handle that was closed from the start, or a system
    /// that gives no more files, which .NET needs at its first write.</summary>
    internal static bool IsLost(Exception error) => error is IOException or UnauthorizedAccessException
        // By its name, since the system may not give the file of its assembly either.
        || error.GetType().Name is nameof(Win32Exception);

    /// <summary>What happened when a type was used for the first time: .NET wraps it.</summary>
    internal static Exception Cause(Exception error) =>
        error is TypeInitializationException { InnerException: Exception inner } ? Cause(inner) : error;

    /// <summary>What went wrong, and what to do about it.</summary>
    /// <returns>Its exit code.</returns>
    internal int Fail(Failure failure)
    {
        int code = FailWithoutVerbose(failure);
        if (failure.Target is Refusal)
        {
            Note("  Why, and how to override: add --verbose");
        }
        return code;
    }

    /// <summary>The same for a command that has no <c>--verbose</c>, which explains a refusal.</summary>
    internal int FailWithoutVerbose(Failure failure)
    {
        Note($"pep668: {failure.Message} [{failure.Id}]");
        if (failure.Details is string details)
        {
            Note("");
            Quote(details, "  ");
            Note("");
        }
        Recommend(failure.Remedies);
        return FailureCode.For(failure.Id);
    }

    /// <summary>Commands that help, under a heading.</summary>
    internal void Recommend(IReadOnlyList<Remedy> remedies)
    {
        if (remedies.Any(one => Command(one) is not null))
        {
            Note("  Recommendation:");
        }
        Remedies(remedies);
    }

    /// <summary>The command of a remedy in the shell of this platform; null if it has none.</summary>
    internal static string? Command(Remedy remedy) => Shell.Render(remedy);

    private static CommandRenderer Shell => HostPlatform.IsWindows ? CmdRenderer.Instance : PosixRenderer.Instance;

    /// <summary>Commands as the result, a line each, with their reasons as comments.</summary>
    internal void Commands(IReadOnlyList<Remedy> remedies)
    {
        foreach (string line in Shell.Lines(remedies))
        {
            Line(line);
        }
    }

    private void Remedies(IReadOnlyList<Remedy> remedies)
    {
        foreach (string line in Shell.Lines(remedies))
        {
            Note(Indent + line);
        }
    }

    /// <summary>Columns as wide as their content; the last is never shortened.</summary>
    internal void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] lines = [headings, .. rows.Select(Escaped)];
        int[] widths = Widths(lines);
        foreach (IReadOnlyList<string> line in lines)
        {
            results.WriteLine(string.Join(Separator,
                line.Select((cell, column) => column == line.Count - 1 ? cell : cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    /// <summary>Lines beside their headings.</summary>
    internal void Headed(IReadOnlyList<(string Heading, IReadOnlyList<string> Lines)> parts)
    {
        int width = parts.Max(part => part.Heading.Length) + 1 + Separator.Length;
        foreach ((string heading, IReadOnlyList<string> lines) in parts)
        {
            string start = heading + ":";
            foreach (string line in lines)
            {
                Line(start.PadRight(width) + line);
                start = "";
            }
        }
    }

    /// <summary>A table with paths in the last column. In a terminal they are shortened to its width; elsewhere they
    /// are complete.</summary>
    /// <param name="headings">The headings.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="home">The home folder, for <c>~</c>; null if the paths are not those of this machine.</param>
    internal void PathTable(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, string? home) =>
        FittedTable(headings, rows, (path, width) => ShortPath.Fit(path, width, home));

    /// <summary>A table with several values in the last column. In a terminal it ends where a line ends; elsewhere it
    /// is complete.</summary>
    /// <param name="headings">The headings.</param>
    /// <param name="rows">The rows.</param>
    internal void ListTable(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows) =>
        FittedTable(headings, rows, (text, width) => text.Length <= width ? text : text[..Math.Max(0, width - 1)] + "…");

    private void FittedTable(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, Func<string, int, string> fit)
    {
        IReadOnlyList<string>[] lines = [.. rows.Select(Escaped)];
        if (terminalWidth is not null)
        {
            // A Windows console begins a new line after its last column.
            int width = terminalWidth() - 1 - Widths([headings, .. lines])[..^1].Sum(one => one + Separator.Length);
            lines = [.. lines.Select(line => (string[])[.. line.SkipLast(1), fit(line[^1], width)])];
        }
        Table(headings, lines);
    }

    private static IReadOnlyList<string> Escaped(IReadOnlyList<string> cells) => [.. cells.Select(one => DisplayText.Escape(one))];

    private static int[] Widths(IReadOnlyList<string>[] lines) =>
        [.. Enumerable.Range(0, lines[0].Count).Select(column => lines.Max(line => line[column].Length))];
}
