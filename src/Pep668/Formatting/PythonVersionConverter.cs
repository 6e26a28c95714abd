using System.Management.Automation;

namespace Pep668.PowerShell.Formatting;

/// <summary>Converts text to versions, for comparisons, and what a job or a remote session has made of a version
/// back.</summary>
public sealed class PythonVersionConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => Read(sourceValue) is not null;

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        Read(sourceValue) ?? throw new PSInvalidCastException($"'{sourceValue}' is not a version (PEP 440).");

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException("PowerShell converts versions to text by itself.");

    private static PythonVersion? Read(object? value) => value is null ? null : PythonVersion.TryParse(value.ToString() ?? "");
}
