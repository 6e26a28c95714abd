namespace Pep668.DesiredState;

/// <summary>The resources.</summary>
internal static class ResourceTypes
{
    /// <summary>All of them.</summary>
    internal static IReadOnlyList<ResourceType> All { get; } =
        [new PythonVenvResource(), new PipPackageResource(), new ExternallyManagedResource()];

    /// <summary>The resource of a name, in any case; with or without the owner that DSC puts in front.</summary>
    internal static Outcome<ResourceType> Find(string name)
    {
        string plain = name.StartsWith(Owner, StringComparison.OrdinalIgnoreCase) ? name[Owner.Length..] : name;
        return All.FirstOrDefault(one => string.Equals(one.Name, plain, StringComparison.OrdinalIgnoreCase)) is ResourceType type
            ? type : ResourceMessages.UnknownType(name, [.. All.Select(one => one.Name)]);
    }

    /// <summary>What the names of DSC begin with.</summary>
    internal const string Owner = "Pep668/";
}
