using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;

namespace Pep668.PowerShell.Formatting;

/// <summary>
/// The properties of a <see cref="PythonEnvironment"/> in PowerShell: those of the record, with a <c>Version</c> that
/// compares and sorts as one.
/// </summary>
/// <remarks>A property of the type data would be added to the serialized record a second time, as a note that hides the
/// text and that the receiving session cannot replace.</remarks>
public sealed class EnvironmentAdapter : PSPropertyAdapter
{
    private static readonly PropertyInfo[] Properties =
        typeof(PythonEnvironment).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    /// <inheritdoc/>
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject) =>
        [.. Properties.Select(property => new PSAdaptedProperty(property.Name, property))];

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName) =>
        Properties.FirstOrDefault(one => string.Equals(one.Name, propertyName, StringComparison.OrdinalIgnoreCase))
            is PropertyInfo property ? new(property.Name, property) : null;

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty)
    {
        ArgumentNullException.ThrowIfNull(adaptedProperty);
        object? value = ((PropertyInfo)adaptedProperty.Tag).GetValue(adaptedProperty.BaseObject);
        return value is string text && IsVersion(adaptedProperty) ? PythonVersion.TryParse(text) ?? value : value;
    }

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty)
    {
        ArgumentNullException.ThrowIfNull(adaptedProperty);
        return (IsVersion(adaptedProperty) ? typeof(PythonVersion) : ((PropertyInfo)adaptedProperty.Tag).PropertyType).FullName!;
    }

    /// <inheritdoc/>
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc/>
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => false;

    /// <inheritdoc/>
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object value) =>
        throw new NotSupportedException("The properties of an environment cannot be changed.");

    private static bool IsVersion(PSAdaptedProperty property) =>
        string.Equals(property.Name, nameof(PythonEnvironment.Version), StringComparison.Ordinal);
}
