using System.Text.Json;
using Pep668.DesiredState;

namespace Pep668.Cli.Ansible;

/// <summary>What Ansible wants of a module.</summary>
/// <param name="Module">The module.</param>
/// <param name="Desired">The desired state.</param>
/// <param name="IsCheck">Whether nothing may be changed.</param>
/// <param name="WantsDiff">Whether the result has the states before and after.</param>
internal sealed record AnsibleRequest(AnsibleModule Module, ResourceState Desired, bool IsCheck, bool WantsDiff);

/// <summary>Reads the parameters of a module from the JSON that Ansible writes. Values are converted as those of
/// Ansible's own modules are, except numbers.</summary>
internal static class AnsibleInput
{
    /// <summary>The parameter that contains the name of the module if the program has the name of no module.</summary>
    internal const string ModuleKey = "_pep668_module";

    private const string Reserved = "_ansible_", CheckMode = "_ansible_check_mode", Diff = "_ansible_diff";

    // ansible/module_utils/parsing/convert_bool.py
    private static readonly string[] On = ["y", "yes", "on", "1", "true", "t"], Off = ["n", "no", "off", "0", "false", "f"];

    /// <summary>Reads a request.</summary>
    /// <param name="module">The module; null if a parameter has its name.</param>
    /// <param name="json">UTF-8.</param>
    internal static Outcome<AnsibleRequest> Read(AnsibleModule? module, ReadOnlyMemory<byte> json)
    {
        string name = module?.Name ?? CompanionMessages.ProgramName;
        if (!ResourceInput.Parse(name, json).TryGet(out JsonDocument? document, out Failure? failure))
        {
            return failure;
        }
        using (document)
        {
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return ResourceMessages.NotJson(name, $"it is {ResourceInput.KindOf(root)}, not an object");
            }
            module ??= root.TryGetProperty(ModuleKey, out JsonElement given) && given.ValueKind == JsonValueKind.String
                ? AnsibleModule.Find(given.GetString()!) : null;
            return module is null ? CompanionMessages.UnknownModule(ModuleKey, [.. AnsibleModule.All.Select(one => one.Name)])
                : Read(module, root);
        }
    }

    private static Outcome<AnsibleRequest> Read(AnsibleModule module, JsonElement root)
    {
        var request = new AnsibleRequest(module, ResourceState.Empty, IsCheck: false, WantsDiff: false);
        var wrong = new List<Failure>();
        foreach (JsonProperty one in root.EnumerateObject().Where(one => one.Value.ValueKind != JsonValueKind.Null))
        {
            if (Add(ref request, one.Name, one.Value) is Failure failure)
            {
                wrong.Add(failure);
            }
        }
        wrong.AddRange(module.Parameters
            .Where(one => one.Access == ResourceAccess.Key && module.Resource.CanSet && !Has(root, AnsibleModule.NameOf(one.Name)))
            .Select(one => ResourceMessages.Invalid(module.Name, AnsibleModule.NameOf(one.Name), "it is required")));
        if (wrong.Count == 0)
        {
            wrong.AddRange(module.Resource.Problems(request.Desired)
                .Select(one => ResourceMessages.Invalid(module.Name, AnsibleModule.NameOf(one.Property), one.Problem)));
        }
        return wrong.Count > 0 ? Outcome.Fail<AnsibleRequest>(wrong) : request;
    }

    private static bool Has(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    private static Failure? Add(ref AnsibleRequest request, string key, JsonElement value)
    {
        AnsibleModule module = request.Module;
        string? problem = null;
        if (key is CheckMode or Diff)
        {
            problem = Switch(value, out bool isOn);
            request = key is CheckMode ? request with { IsCheck = isOn } : request with { WantsDiff = isOn };
        }
        else if (key is AnsibleModule.State && module.States.Count > 0)
        {
            problem = AddState(ref request, value);
        }
        else if (module.Parameters.FirstOrDefault(one =>
            string.Equals(AnsibleModule.NameOf(one.Name), key, StringComparison.Ordinal)) is ResourceProperty property)
        {
            if (request.Desired.Has(property.Name))
            {
                problem = "it is given twice";
            }
            else
            {
                problem = AddValue(request.Desired, property, value, out ResourceState desired);
                request = request with { Desired = desired };
            }
        }
        else if (!key.StartsWith(Reserved, StringComparison.Ordinal) && key is not ModuleKey)
        {
            return CompanionMessages.UnknownParameter(module.Name, key, module.Names);
        }
        return problem is null ? null : ResourceMessages.Invalid(module.Name, key, problem);
    }

    private static string? AddState(ref AnsibleRequest request, JsonElement value)
    {
        string? state = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (state is null || !request.Module.States.Contains(state, StringComparer.Ordinal))
        {
            return $"it is not one of {string.Join(", ", request.Module.States)}";
        }
        ResourceState desired = request.Desired.With(ResourceProperty.Exist, state is not AnsibleModule.Absent);
        request = request with { Desired = state is AnsibleModule.Latest ? desired.With(AnsibleModule.Latest, true) : desired };
        return null;
    }

    private static string? AddValue(ResourceState state, ResourceProperty property, JsonElement value, out ResourceState changed)
    {
        string? problem;
        switch (property.Value)
        {
            case ResourceValue.Switch:
                problem = Switch(value, out bool isOn);
                changed = state.With(property.Name, isOn);
                return problem;
            case ResourceValue.TextList:
                problem = List(value, property.HasRequirements, out string[] texts);
                changed = state.With(property.Name, texts);
                return problem;
            default:
                problem = value.ValueKind == JsonValueKind.String ? null : NotAString(value);
                changed = state.With(property.Name, problem is null ? value.GetString() : "");
                return problem;
        }
    }

    private static string? Switch(JsonElement value, out bool isOn)
    {
        string text = (value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()).Trim();
        isOn = value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object) && On.Contains(text, StringComparer.OrdinalIgnoreCase);
        return isOn || Off.Contains(text, StringComparer.OrdinalIgnoreCase) ? null
            : value.ValueKind == JsonValueKind.String ? "it is not a boolean" : $"it is {ResourceInput.KindOf(value)}, not a boolean";
    }

    // A string is a list that is separated with commas.
    private static string? List(JsonElement value, bool hasRequirements, out string[] texts)
    {
        texts = [];
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                texts = hasRequirements ? AnsibleRequirements.Read(value.GetString()!)
                    : value.GetString()!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                return null;
            case JsonValueKind.Array:
                if (ResourceInput.WrongItem(value) is (int number, JsonElement wrong))
                {
                    return ResourceMessages.InItem(number, NotAString(wrong));
                }
                IEnumerable<string> items = value.EnumerateArray().Select(one => one.GetString()!);
                texts = hasRequirements ? AnsibleRequirements.Read(items) : [.. items];
                return null;
            case JsonValueKind.Number:
                return NotAString(value);
            default:
                return $"it is {ResourceInput.KindOf(value)}, not a list of strings";
        }
    }

    // YAML and JSON read 3.10 as 3.1.
    private static string NotAString(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? "it is a number, which loses zeros (3.10 becomes 3.1); a version must be in quotes"
        : $"it is {ResourceInput.KindOf(value)}, not a string";
}
