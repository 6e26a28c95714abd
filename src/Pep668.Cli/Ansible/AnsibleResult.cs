using System.Text.Encodings.Web;
using System.Text.Json;
using Pep668.DesiredState;
using Pep668.Requirements;

namespace Pep668.Cli.Ansible;

/// <summary>The result of a module: one JSON object. No text in it has the credentials of a URL.</summary>
internal static class AnsibleResult
{
    /// <summary>What was changed, or would be.</summary>
    internal static byte[] FromChange(AnsibleRequest request, ResourceChange change, IReadOnlyList<Notice> notices) =>
    Write(notices, writer =>
    {
        writer.WriteBoolean("changed", change.Changed.Count > 0);
        if (request.WantsDiff)
        {
            writer.WriteStartObject("diff");
            writer.WriteString("before", Lines(request.Module.Resource, change.Before));
            writer.WriteString("after", Lines(request.Module.Resource, change.After));
            writer.WriteEndObject();
        }
        WriteProperties(writer, change.After);
    });

    /// <summary>States that were read.</summary>
    internal static byte[] FromStates(IReadOnlyList<ResourceState> environments, IReadOnlyList<Notice> notices) =>
    Write(notices, writer =>
    {
        writer.WriteBoolean("changed", false);
        writer.WriteStartArray("environments");
        foreach (ResourceState environment in environments)
        {
            writer.WriteStartObject();
            WriteProperties(writer, environment);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    /// <summary>Why the state was not set.</summary>
    /// <param name="failures">What went wrong.</param>
    /// <param name="notices">The warnings.</param>
    /// <param name="hasChanged">Whether something was changed before.</param>
    internal static byte[] FromFailures(IReadOnlyList<Failure> failures, IReadOnlyList<Notice> notices, bool hasChanged) =>
    Write(notices, writer =>
    {
        writer.WriteBoolean("changed", hasChanged);
        writer.WriteBoolean("failed", true);
        writer.WriteString("msg", Shown(string.Join('\n', failures.Select(one =>
            one.Details is string details ? $"{one.Message}\n\n{details.TrimEnd()}" : one.Message))));
        writer.WriteString("error_id", failures[0].Id.ToString());
    });

    private static byte[] Write(IReadOnlyList<Notice> notices, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            write(writer);
            if (notices.Count > 0)
            {
                WriteList(writer, "warnings", notices.Select(one => one.Message));
            }
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void WriteProperties(Utf8JsonWriter writer, ResourceState state)
    {
        foreach (string name in state.Names)
        {
            string key = AnsibleModule.NameOf(name);
            if (name is ResourceProperty.Exist)
            {
                writer.WriteString(key, StateOf(state));
            }
            else if (state.Text(name) is string text)
            {
                writer.WriteString(key, Shown(text));
            }
            else if (state.TryList(name) is IReadOnlyList<string> texts)
            {
                WriteList(writer, key, texts);
            }
            else
            {
                writer.WriteBoolean(key, state.Switch(name));
            }
        }
    }

    private static void WriteList(Utf8JsonWriter writer, string key, IEnumerable<string> texts)
    {
        writer.WriteStartArray(key);
        foreach (string text in texts)
        {
            writer.WriteStringValue(Shown(text));
        }
        writer.WriteEndArray();
    }

    // One property a line in one order, so that only what differs is shown as a difference.
    private static string Lines(ResourceType resource, ResourceState state) => string.Concat(
        resource.Properties.Where(one => state.Has(one.Name))
            .Select(one => $"{AnsibleModule.NameOf(one.Name)}: {Value(state, one.Name)}\n"));

    private static string Value(ResourceState state, string name) =>
        name is ResourceProperty.Exist ? StateOf(state)
        : state.Text(name) is string text ? Shown(text).ReplaceLineEndings(" ")
        : state.TryList(name) is IReadOnlyList<string> texts ? string.Join(", ", texts.Select(Shown))
        : state.Switch(name) ? "true" : "false";

    private static string StateOf(ResourceState state) => state.Exists ? AnsibleModule.Present : AnsibleModule.Absent;

    private static string Shown(string text) => UrlCredentials.Redact(text);
}
