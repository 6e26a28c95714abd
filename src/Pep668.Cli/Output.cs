using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Pep668.Cli;

/// <summary>Results go to stdout, everything else to stderr.</summary>
internal sealed class Output(TextWriter results, TextWriter messages)
{
    /// <summary>One JSON document.</summary>
    internal void Json<T>(T value, JsonTypeInfo<T> type) => results.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>A line of the result.</summary>
    internal void Line(string text = "") => results.WriteLine(text);

    /// <summary>What the user should know.</summary>
    internal void Note(string text)
    {
        try
        {
            messages.WriteLine(text);
        }
        catch (Exception error) when (IsLost(error))
        {
            return; // Nobody is left to be told; the exit code still says it.
        }
    }

    /// <summary>What the user should know of an outcome, a line each.</summary>
    internal void Notices(IReadOnlyList<string> notices)
    {
        foreach (string notice in notices)
        {
            Note("pep668: " + notice);
        }
    }

    /// <summary>Whether a stream takes no more: a full disk, or a handle that was closed from the start.</summary>
    internal static bool IsLost(Exception error) => error is IOException or UnauthorizedAccessException;

    /// <summary>What went wrong, and what to do about it.</summary>
    /// <returns>The exit code it stands for.</returns>
    internal int Fail(Failure failure)
    {
        Note($"pep668: {failure.Message} [{failure.Id}]");
        Note($"  try: {Recommended(failure)}");
        return ExitCodes.For(failure.Id);
    }

    // Core's advice is for pwsh; the companion says the same in its own words.
    private static string Recommended(Failure failure) => CompanionAdvice.Translate(failure.RecommendedAction);

    /// <summary>Columns as wide as their content; the last is never cut, so that a path can be copied.</summary>
    internal void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] lines = [headings, .. rows];
        int[] widths = [.. headings.Select((_, column) => lines.Max(line => line[column].Length))];
        foreach (IReadOnlyList<string> line in lines)
        {
            results.WriteLine(string.Join("  ",
                line.Select((cell, column) => column == line.Count - 1 ? cell : cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
