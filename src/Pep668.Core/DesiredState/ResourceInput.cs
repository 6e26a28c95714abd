using System.Text;
using System.Text.Json;

namespace Pep668.DesiredState;

/// <summary>Reads the desired state of an instance from JSON. What its resource does not know is an error.</summary>
internal static class ResourceInput
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a state.</summary>
    /// <param name="type">The resource.</param>
    /// <param name="json">UTF-8.</param>
    /// <param name="isFilter">Whether it is the filter of an export: then nothing is required.</param>
    internal static Outcome<ResourceState> Read(ResourceType type, ReadOnlyMemory<byte> json, bool isFilter = false)
    {
        if (isFilter && json.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return ResourceState.Empty;
        }
        if (!Parse(type.Name, json).TryGet(out JsonDocument? document, out Failure? failure))
        {
            return failure;
        }
        using (document)
        {
            return Read(type, document.RootElement, isFilter);
        }
    }

    /// <summary>Reads JSON.</summary>
    /// <param name="name">What it is the input of.</param>
    /// <param name="json">UTF-8.</param>
    internal static Outcome<JsonDocument> Parse(string name, ReadOnlyMemory<byte> json)
    {
        try
        {
            string text = Strict.GetString(json.Span).TrimStart('\uFEFF');
            if (string.IsNullOrWhiteSpace(text))
            {
                return ResourceMessages.NotJson(name, "it is empty");
            }
            byte[] bytes = Strict.GetBytes(text);
            return HasText(bytes) ? JsonDocument.Parse(bytes) : ResourceMessages.NotJson(name, "a string in it is not Unicode");
        }
        catch (DecoderFallbackException)
        {
            return ResourceMessages.NotJson(name, "it is not UTF-8");
        }
        catch (JsonException error)
        {
            return ResourceMessages.NotJson(name, FormattableString.Invariant(
                $"line {error.LineNumber + 1}, character {error.BytePositionInLine + 1} is not JSON"));
        }
    }

    // JSON can escape half of a surrogate pair, which is not a character: Python writes a byte that is not UTF-8 so.
    private static bool HasText(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
            }
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Reads a state from a JSON value.</summary>
    internal static Outcome<ResourceState> Read(ResourceType type, JsonElement root, bool isFilter = false)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return ResourceMessages.NotJson(type.Name, $"it is {KindOf(root)}, not an object");
        }
        ResourceState state = ResourceState.Empty;
        var wrong = new List<Failure>();
        foreach (JsonProperty given in root.EnumerateObject())
        {
            ResourceProperty? property =
                type.Properties.FirstOrDefault(one => string.Equals(one.Name, given.Name, StringComparison.Ordinal));
            Failure? failure = property is null ? ResourceMessages.UnknownKey(type.Name, given.Name, Known(type))
                : state.Has(given.Name) ? ResourceMessages.Invalid(type.Name, given.Name, "it is given twice")
                : property.Access == ResourceAccess.Reported ? null
                : Add(type, property, given.Value, ref state);
            if (failure is not null)
            {
                wrong.Add(failure);
            }
        }
        wrong.AddRange(type.Properties.Where(one => !isFilter && one.Access == ResourceAccess.Key && !root.TryGetProperty(one.Name, out _))
            .Select(one => ResourceMessages.Invalid(type.Name, one.Name, "it is required")));
        if (wrong.Count == 0)
        {
            wrong.AddRange(type.Problems(state).Select(one => ResourceMessages.Invalid(type.Name, one.Property, one.Problem)));
        }
        return wrong.Count > 0 ? Outcome.Fail<ResourceState>(wrong) : state;
    }

    private static string[] Known(ResourceType type) =>
        [.. type.Properties.Where(one => one.Access != ResourceAccess.Reported).Select(one => one.Name)];

    private static Failure? Add(ResourceType type, ResourceProperty property, JsonElement value, ref ResourceState state)
    {
        switch (property.Value, value.ValueKind)
        {
            case (ResourceValue.Text, JsonValueKind.String):
                state = state.With(property.Name, value.GetString());
                return null;
            case (ResourceValue.Switch, JsonValueKind.True or JsonValueKind.False):
                state = state.With(property.Name, value.GetBoolean());
                return null;
            case (ResourceValue.TextList, JsonValueKind.Array)
                when WrongItem(value) is null:
                state = state.With(property.Name, [.. value.EnumerateArray().Select(one => one.GetString()!)]);
                return null;
            case (ResourceValue.TextList, JsonValueKind.Array):
                (int number, JsonElement wrong) = WrongItem(value)!.Value;
                return ResourceMessages.Invalid(
                    type.Name, property.Name, ResourceMessages.InItem(number, $"it is {KindOf(wrong)}, not a string"));
            default:
                string wanted = property.Value switch
                {
                    ResourceValue.Text => "a string",
                    ResourceValue.Switch => "true or false",
                    _ => "an array of strings",
                };
                return ResourceMessages.Invalid(type.Name, property.Name, $"it is {KindOf(value)}, not {wanted}");
        }
    }

    /// <summary>The first item of an array that is not a string, with its number, from 1; null if all are.</summary>
    internal static (int Number, JsonElement Item)? WrongItem(JsonElement array)
    {
        int number = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            number++;
            if (item.ValueKind != JsonValueKind.String)
            {
                return (number, item);
            }
        }
        return null;
    }

    /// <summary>The kind of a value, in words.</summary>
    internal static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
