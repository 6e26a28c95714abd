using System.Text.Json;
using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Packages;

/// <summary>Where a distribution came from, if not from an index: <c>direct_url.json</c> (PEP 610).</summary>
/// <param name="Url">Its <c>url</c>.</param>
internal sealed record DirectUrl(string Url)
{
    private const string FileName = "direct_url.json";

    /// <summary>The program of a repository, such as <c>git</c>; null for another source.</summary>
    internal string? Vcs { get; private init; }

    /// <summary>The commit of a repository.</summary>
    internal string? Commit { get; private init; }

    /// <summary>The folder of the project in the repository or archive; null if it is at the top.</summary>
    internal string? Subdirectory { get; private init; }

    /// <summary>Whether it is a folder that is installed in place.</summary>
    internal bool IsEditable { get; private init; }

    /// <summary>Reads the one in a folder of metadata; null if it is missing or invalid.</summary>
    internal static DirectUrl? Read(FileTree files, string folder)
    {
        try
        {
            using JsonDocument? json =
                files.Read(folder, FileName, 1 << 20).Bytes is byte[] bytes ? JsonDocument.Parse(bytes) : null;
            return json is null || Text(json.RootElement, "url") is not string url ? null : new(url)
            {
                Vcs = Text(Part(json.RootElement, "vcs_info"), "vcs"),
                Commit = Text(Part(json.RootElement, "vcs_info"), "commit_id"),
                Subdirectory = Text(json.RootElement, "subdirectory"),
                IsEditable = Part(json.RootElement, "dir_info") is { ValueKind: JsonValueKind.Object } project
                    && project.TryGetProperty("editable", out JsonElement editable) && editable.ValueKind == JsonValueKind.True,
            };
        }
        // A string may contain half of a surrogate pair.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The URL in pip's form, <c>git+https://host/project@COMMIT#subdirectory=FOLDER</c>, without user name
    /// and password; the user <c>git</c> is no secret (PEP 610, "Security").</summary>
    public override string ToString() =>
        (Vcs is null ? "" : Vcs + "+") + (Url.Contains("://git@", StringComparison.Ordinal) ? Url : UrlCredentials.WithoutUser(Url))
        + (Commit is null ? "" : "@" + Commit) + (Subdirectory is null ? "" : "#subdirectory=" + Subdirectory);

    private static JsonElement Part(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement part) ? part : default;

    private static string? Text(JsonElement of, string name) =>
        Part(of, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
