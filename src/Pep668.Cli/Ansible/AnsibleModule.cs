using System.Text.Json;
using Pep668.DesiredState;

namespace Pep668.Cli.Ansible;

/// <summary>A module of Ansible: a resource with the names that Ansible's parameters have.</summary>
internal sealed class AnsibleModule
{
    /// <summary>The parameter that contains whether something exists.</summary>
    internal const string State = "state";

    /// <summary>Its values.</summary>
    internal const string Present = "present", Absent = "absent", Latest = "latest";

    private AnsibleModule(string name, string resource)
    {
        Name = name;
        Resource = ResourceTypes.All.Single(one => string.Equals(one.Name, resource, StringComparison.Ordinal));
        States = !Resource.CanSet ? []
            : Resource.Properties.Any(one => one.Name is Latest) ? [Present, Absent, Latest] : [Present, Absent];
        Parameters =
        [
            .. Resource.Properties.Where(one => one.Name is not (ResourceProperty.Exist or Latest)
                && (Resource.CanSet ? one.Access != ResourceAccess.Reported : one.Access == ResourceAccess.Key)),
        ];
    }

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<AnsibleModule> All { get; } =
        [new("pep668_venv", "PythonVenv"), new("pep668_pip", "PipPackage"), new("pep668_info", "ExternallyManaged")];

    /// <summary>Its name, without that of the collection.</summary>
    internal string Name { get; }

    /// <summary>The resource whose state it gets or sets.</summary>
    internal ResourceType Resource { get; }

    /// <summary>The values of <c>state</c>; empty without that parameter.</summary>
    internal IReadOnlyList<string> States { get; }

    /// <summary>The properties of the resource that are parameters.</summary>
    internal IReadOnlyList<ResourceProperty> Parameters { get; }

    /// <summary>The names of all its parameters.</summary>
    internal IReadOnlyList<string> Names =>
        [.. Parameters.Select(one => NameOf(one.Name)), .. States.Count > 0 ? (string[])[State] : []];

    /// <summary>The module of a name; null if it is unknown.</summary>
    internal static AnsibleModule? Find(string name) =>
        All.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal));

    /// <summary>The name of a property in parameters and results.</summary>
    internal static string NameOf(string property) =>
        property is ResourceProperty.Exist ? State : JsonNamingPolicy.SnakeCaseLower.ConvertName(property);
}
