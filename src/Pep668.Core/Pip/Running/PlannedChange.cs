using System.Text.Json;
using Pep668.Pip.Requests;
using Pep668.Requirements;

namespace Pep668.Pip.Running;

/// <summary>One distribution that pip or uv says it installs or removes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; null when that is not told.</param>
/// <param name="IsRequested">Whether the list reports that it was asked for itself, not as a dependency.</param>
/// <param name="IsRemoval">Whether it goes.</param>
internal sealed record PlannedChange(string Name, string? Version, bool IsRequested, bool IsRemoval = false)
{
    /// <summary>What pip's report names (pip's "Installation Report", version 1); null for something else.</summary>
    internal static IReadOnlyList<PlannedChange>? FromReport(byte[] json)
    {
        try
        {
            using JsonDocument report = JsonDocument.Parse(json);
            var changes = new List<PlannedChange>();
            foreach (JsonElement item in report.RootElement.GetProperty("install").EnumerateArray())
            {
                JsonElement metadata = item.GetProperty("metadata");
                bool requested = item.TryGetProperty("requested", out JsonElement value) && value.ValueKind == JsonValueKind.True;
                changes.Add(new(metadata.GetProperty("name").GetString()!, metadata.GetProperty("version").GetString(), requested));
            }
            return changes;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// The list that uv ends with: <c> + name==version</c>, <c> - name==version</c>, <c> ~ name==version</c> for the
    /// same one anew, and <c>name @ url</c> or <c>name==version (from url)</c> for what came from elsewhere. It is no
    /// sentence, and has no other form (tried on uv 0.6.14).
    /// </summary>
    internal static PlannedChange? FromUv(string line)
    {
        if (line.Length < 4 || line[0] != ' ' || line[1] is not ('+' or '-' or '~') || line[2] != ' ')
        {
            return null;
        }
        string rest = line[3..];
        int from = rest.IndexOf(" (from ", StringComparison.Ordinal);
        rest = from < 0 ? rest : rest[..from];
        bool isRemoval = line[1] == '-';
        if (rest.IndexOf("==", StringComparison.Ordinal) is > 0 and int equals)
        {
            return new(rest[..equals], rest[(equals + 2)..], false, isRemoval);
        }
        if (rest.IndexOf(" @ ", StringComparison.Ordinal) is > 0 and int at)
        {
            string file = PipUrl.FileName(rest.AsSpan(at + 3));
            string? version = ArchiveName.IsWheel(file) ? file.Split('-').ElementAtOrDefault(1) : null;
            return new(rest[..at], version, false, isRemoval);
        }
        return null;
    }
}
