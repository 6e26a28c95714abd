namespace Pep668.DesiredState;

/// <summary>What the value of a property is.</summary>
internal enum ResourceValue
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Switch,

    /// <summary>An array of texts.</summary>
    TextList,
}

/// <summary>Who writes a property.</summary>
internal enum ResourceAccess
{
    /// <summary>The user; it is compared with the actual state.</summary>
    Desired,

    /// <summary>The user; it identifies the instance, and is required.</summary>
    Key,

    /// <summary>The user; it controls how the state is set and is not a part of it, so no result contains it.</summary>
    Option,

    /// <summary>The resource: a result contains it, and it is ignored in the input.</summary>
    Reported,
}

/// <summary>A property of a resource.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Value">What its value is.</param>
/// <param name="Access">Who writes it.</param>
/// <param name="Description">One sentence for its users.</param>
internal sealed record ResourceProperty(string Name, ResourceValue Value, ResourceAccess Access, string Description)
{
    /// <summary>Whether the instance exists, by the name that DSC gives it.</summary>
    internal const string Exist = "_exist";

    /// <summary>Whether its texts are requirements (PEP 508), in which commas are no separators.</summary>
    internal bool HasRequirements { get; init; }
}
