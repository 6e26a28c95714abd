using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>What a distributor says in an <c>EXTERNALLY-MANAGED</c> file (PEP 668).</summary>
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
    /// The message, exactly as Python's <c>configparser</c> reads it, the empty one too; or pip's default text where
    /// pip shows that one, or would crash.
    /// </summary>
    public string Message { get; internal init; }

    /// <summary>The language of the message as the marker's key spells it, such as <c>de_DE</c>; null for the
    /// untranslated or the default text.</summary>
    public string? Language { get; internal init; }

    /// <summary>Every translation in the file, by its language; those that <c>[DEFAULT]</c> passes on too.</summary>
    public IReadOnlyDictionary<string, string> Translations { get; internal init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Why a default text stands in for the distributor's, in words; null when none does.</summary>
    public string? Problem { get; internal init; }

    /// <summary>The environment it manages; null when only the file was given.</summary>
    [JsonConverter(typeof(EnvironmentPathConverter))]
    public PythonEnvironment? Environment { get; internal init; }
}
