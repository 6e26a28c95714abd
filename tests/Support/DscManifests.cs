using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pep668.DesiredState;

namespace Pep668.Tests;

/// <summary>The manifests for DSC v3, made from the properties of the resources.</summary>
internal static class DscManifests
{
    internal const string Path = "src/Pep668/Dsc/Pep668.dsc.manifests.json";
    private const string Properties = "https://raw.githubusercontent.com/PowerShell/DSC/main/schemas/v3/resource/properties/";
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of the file.</summary>
    internal static string Text(string version) => new JsonObject
    {
        ["resources"] = new JsonArray([.. ResourceTypes.All.Select(type => Manifest(type, version))]),
    }.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";

    private static JsonObject Manifest(ResourceType type, string version)
    {
        var manifest = new JsonObject
        {
            ["$schema"] = "https://aka.ms/dsc/schemas/v3/bundled/resource/manifest.json",
            ["type"] = ResourceTypes.Owner + type.Name,
            ["version"] = version,
            ["description"] = type.Description,
            ["tags"] = new JsonArray("Python", "pip", "PEP668"),
            ["condition"] = "[not(equals(tryWhich('pwsh'), null()))]",
            ["get"] = Operation(type, "get"),
            ["test"] = Operation(type, "test", ("return", "stateAndDiff")),
        };
        if (type.CanSet)
        {
            JsonObject set = Operation(type, "set", ("implementsPretest", true), ("handlesExist", true), ("return", "stateAndDiff"),
                ("whatIfReturns", "stateAndDiff"));
            set["args"]!.AsArray().Add(new JsonObject { ["whatIfArg"] = "-WhatIf" });
            manifest["set"] = set;
        }
        manifest["export"] = Operation(type, "export");
        manifest["exitCodes"] = new JsonObject
        {
            ["0"] = "Success",
            ["1"] = "PowerShell could not run the resource",
            ["2"] = "Invalid input",
            ["3"] = "Refused: externally managed, or pip's require-virtualenv is set",
            ["4"] = "pip or uv failed, or an environment could not be written or is busy",
            ["5"] = "Not found",
        };
        manifest["schema"] = new JsonObject { ["embedded"] = Schema(type) };
        return manifest;
    }

    private static JsonObject Operation(ResourceType type, string name, params (string Key, JsonNode Value)[] more)
    {
        var operation = new JsonObject
        {
            ["executable"] = "pwsh",
            ["args"] = new JsonArray(
                "-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", "./Pep668.Resource.ps1",
                type.Name, name),
            ["input"] = "stdin",
        };
        foreach ((string key, JsonNode value) in more)
        {
            operation[key] = value;
        }
        return operation;
    }

    private static JsonObject Schema(ResourceType type)
    {
        var properties = new JsonObject();
        foreach (ResourceProperty one in type.Properties)
        {
            properties[one.Name] =
                one.Name is ResourceProperty.Exist ? new JsonObject { ["$ref"] = Properties + "exist.json" } : Property(one);
        }
        properties["_inDesiredState"] = new JsonObject { ["$ref"] = Properties + "inDesiredState.json" };
        var definitions = new JsonObject
        {
            [Properties + "inDesiredState.json"] = new JsonObject
            {
                ["$schema"] = Dialect,
                ["$id"] = Properties + "inDesiredState.json",
                ["title"] = "Instance is in the Desired State",
                ["description"] = "Indicates whether the instance is in the desired state. Only the result of test contains it.",
                ["type"] = new JsonArray("boolean", "null"),
                ["readOnly"] = true,
            },
        };
        if (properties.ContainsKey(ResourceProperty.Exist))
        {
            definitions[Properties + "exist.json"] = new JsonObject
            {
                ["$schema"] = Dialect,
                ["$id"] = Properties + "exist.json",
                ["title"] = "Instance should exist",
                ["description"] = "Indicates whether the instance should exist.",
                ["type"] = "boolean",
                ["default"] = true,
                ["enum"] = new JsonArray(false, true),
            };
        }
        return new JsonObject
        {
            ["$schema"] = Dialect,
            ["title"] = type.Name,
            ["description"] = type.Description,
            ["type"] = "object",
            ["required"] = new JsonArray(
                [.. type.Properties.Where(one => one.Access == ResourceAccess.Key).Select(one => (JsonNode)one.Name)]),
            ["additionalProperties"] = false,
            ["properties"] = properties,
            ["$defs"] = definitions,
        };
    }

    private static JsonObject Property(ResourceProperty property)
    {
        var schema = new JsonObject
        {
            ["description"] = property.Description,
            ["type"] = property.Value switch
            {
                ResourceValue.Text => "string",
                ResourceValue.Switch => "boolean",
                _ => "array",
            },
        };
        if (property.Value == ResourceValue.TextList)
        {
            schema["items"] = new JsonObject { ["type"] = "string" };
        }
        if (property.Access is ResourceAccess.Option or ResourceAccess.Reported)
        {
            schema[property.Access == ResourceAccess.Option ? "writeOnly" : "readOnly"] = true;
        }
        return schema;
    }
}
