using System.Text.Json.Serialization;

namespace Pep668.Cli.Sarif;

/// <summary>The parts of SARIF 2.1.0 (OASIS) that GitHub code scanning reads, with the names of the standard.</summary>
internal sealed record SarifLog(
    [property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<SarifRun> Runs);

/// <summary>One run of the tool.</summary>
internal sealed record SarifRun(
    SarifTool Tool, string ColumnKind, IReadOnlyDictionary<string, SarifArtifactLocation> OriginalUriBaseIds,
    IReadOnlyList<SarifResult> Results);

/// <summary>The tool.</summary>
internal sealed record SarifTool(SarifDriver Driver);

/// <summary>The program and its rules.</summary>
internal sealed record SarifDriver(string Name, string SemanticVersion, IReadOnlyList<SarifRule> Rules);

/// <summary>A rule.</summary>
internal sealed record SarifRule(
    string Id, SarifMessage ShortDescription, SarifMessage FullDescription, SarifHelp Help, SarifConfiguration DefaultConfiguration,
    SarifProperties Properties);

/// <summary>How severe a rule is: <c>warning</c>.</summary>
internal sealed record SarifConfiguration(string Level);

/// <summary>The help of a rule.</summary>
internal sealed record SarifHelp(string Text, string Markdown);

/// <summary>What GitHub shows beside a rule.</summary>
internal sealed record SarifProperties(IReadOnlyList<string> Tags, string Precision);

/// <summary>A text.</summary>
internal sealed record SarifMessage(string Text);

/// <summary>A finding.</summary>
internal sealed record SarifResult(
    string RuleId, int RuleIndex, string Level, SarifMessage Message, IReadOnlyList<SarifLocation> Locations,
    IReadOnlyDictionary<string, string> PartialFingerprints);

/// <summary>A place.</summary>
internal sealed record SarifLocation(SarifPhysicalLocation PhysicalLocation);

/// <summary>A place in a file.</summary>
internal sealed record SarifPhysicalLocation(SarifArtifactLocation ArtifactLocation, SarifRegion Region);

/// <summary>A file; relative to a base, or absolute.</summary>
internal sealed record SarifArtifactLocation(string Uri, string? UriBaseId);

/// <summary>A part of a line.</summary>
internal sealed record SarifRegion(int StartLine, int StartColumn, int? EndColumn, SarifMessage Snippet);

/// <summary>SARIF as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SarifLog))]
internal sealed partial class SarifJson : JsonSerializerContext;
