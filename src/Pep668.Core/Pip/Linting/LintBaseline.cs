using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Pip.Linting;

/// <summary>Findings of one rule with one text in one file.</summary>
/// <param name="Path">The file, relative to the folder of the baseline, with <c>/</c>.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Text">The text.</param>
/// <param name="Count">How many are accepted.</param>
internal sealed record LintBaselineEntry(string Path, string Rule, string Text, int Count);

/// <summary>The content of a baseline.</summary>
/// <param name="Version">The version of the format: 1.</param>
/// <param name="Accepted">What is accepted.</param>
internal sealed record LintBaselineContent(int Version, IReadOnlyList<LintBaselineEntry>? Accepted);

/// <summary>
/// Findings that are accepted. They are compared by file, rule and text, and not by line, so that what moves in its
/// file remains accepted; of more findings than are accepted the last ones remain.
/// </summary>
internal sealed class LintBaseline
{
    private const int LargestFile = 16 << 20;

    // People read it: letters are not escaped.
    private static readonly LintJson Readable = new(new JsonSerializerOptions(LintJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private readonly string _folder;
    private readonly IReadOnlyList<LintBaselineEntry> _accepted;

    private LintBaseline(string folder, IReadOnlyList<LintBaselineEntry> accepted) => (_folder, _accepted) = (folder, accepted);

    /// <summary>Reads one.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="path">The file; an absolute path.</param>
    internal static Outcome<LintBaseline> Read(FileTree files, string path)
    {
        FileContent content = files.Read(path, LargestFile);
        if (content.Bytes is null)
        {
            return files.Stat(path).Kind == FileKind.Missing ? LintMessages.NoBaseline(path)
                : LintMessages.InvalidBaseline(path, content.Problem!);
        }
        try
        {
            return JsonSerializer.Deserialize(content.Bytes, LintJson.Default.LintBaselineContent) is not { } read
                ? LintMessages.InvalidBaseline(path, "it is empty")
                : read.Version != 1 || read.Accepted is null
                    || read.Accepted.Any(one => one is not { Path: not null, Rule: not null, Text: not null })
                    ? LintMessages.InvalidBaseline(path, "its version or its entries are not known")
                : new LintBaseline(Path.GetDirectoryName(path) ?? path, read.Accepted);
        }
        catch (JsonException error)
        {
            return LintMessages.InvalidBaseline(path, error.LineNumber is long line
                ? FormattableString.Invariant($"line {line + 1} is not valid JSON") : "it is not valid JSON");
        }
    }

    /// <summary>The findings that are not accepted.</summary>
    internal IReadOnlyList<PipOverrideUse> Remaining(IReadOnlyList<PipOverrideUse> uses)
    {
        Dictionary<(string Path, string Rule, string Text), int> left = _accepted
            .GroupBy(one => (one.Path, one.Rule, one.Text)).ToDictionary(group => group.Key, group => group.Sum(one => one.Count));
        var remaining = new List<PipOverrideUse>();
        foreach (PipOverrideUse use in uses)
        {
            var key = (Path: Relative(_folder, use.Path), use.Rule, use.Text);
            if (left.GetValueOrDefault(key) is > 0 and int count)
            {
                left[key] = count - 1;
            }
            else
            {
                remaining.Add(use);
            }
        }
        return remaining;
    }

    /// <summary>Writes one that accepts findings. It is replaced atomically; a file that is not a baseline is not
    /// replaced.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="path">The file; an absolute path.</param>
    /// <param name="uses">The findings.</param>
    /// <returns>Why it was not written; null if it was.</returns>
    internal static Failure? Write(FileTree files, string path, IReadOnlyList<PipOverrideUse> uses)
    {
        if (files.LinkStat(path).Kind != FileKind.Missing && !Read(files, path).TryGet(out _, out _))
        {
            return LintMessages.BaselineNotWritten(path, "it exists and is not a baseline");
        }
        string folder = Path.GetDirectoryName(path) ?? path;
        LintBaselineEntry[] entries = [.. uses.GroupBy(one => (Path: Relative(folder, one.Path), one.Rule, one.Text))
            .Select(group => new LintBaselineEntry(group.Key.Path, group.Key.Rule, group.Key.Text, group.Count()))
            .OrderBy(one => one.Path, StringComparer.Ordinal).ThenBy(one => one.Rule, StringComparer.Ordinal)
            .ThenBy(one => one.Text, StringComparer.Ordinal)];
        string json = JsonSerializer.Serialize(new LintBaselineContent(1, entries), typeof(LintBaselineContent), Readable)
            .ReplaceLineEndings("\n") + "\n";
        try
        {
            using OpenFolder open = OpenFolder.Open(folder);
            string draft = UnusedName.New();
            open.Write(draft, Encoding.UTF8.GetBytes(json));
            try
            {
                open.Replace(draft, open, Path.GetFileName(path));
            }
            catch
            {
                open.DeleteFile(draft);
                throw;
            }
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return LintMessages.BaselineNotWritten(path, Sentence.ToClause(error.Message));
        }
    }

    /// <summary>A path below a folder, with <c>/</c>; another one as it is.</summary>
    internal static string Relative(string folder, string path)
    {
        string relative = Path.GetRelativePath(folder, path);
        return (Path.IsPathRooted(relative) ? path : relative).Replace('\\', '/');
    }
}

/// <summary>The baseline as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LintBaselineContent))]
internal sealed partial class LintJson : JsonSerializerContext;
