using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>The contents of an <c>EXTERNALLY-MANAGED</c> file (PEP 668).</summary>
public sealed record ExternallyManagedMarker
{
    internal ExternallyManagedMarker(string path, string message)
    {
        Path = path;
        Message = message;
    }

    /// <summary>The file.</summary>
    public string Path { get; internal init; }

    /// <summary>
    /// The message, exactly as Python's <c>configparser</c> reads it, also if it is empty; or pip's default text where
    /// pip shows that one, or would crash.
    /// </summary>
    public string Message { get; internal init; }

    /// <summary>The language of the message as the marker's key spells it, such as <c>de_DE</c>; null for the
    /// untranslated or the default text.</summary>
    public string? Language { get; internal init; }

    /// <summary>Every translation in the file, by its language; also those inherited from <c>[DEFAULT]</c>.</summary>
    public IReadOnlyDictionary<string, string> Translations { get; internal init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Why a default text replaces the distributor's; null if it does not.</summary>
    public string? Problem { get; internal init; }

    /// <summary>The environment it manages; null if only the file was given.</summary>
    [JsonConverter(typeof(EnvironmentPathConverter))]
    public PythonEnvironment? Environment { get; internal init; }
}
