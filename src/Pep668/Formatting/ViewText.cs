using System.Collections;
using System.Management.Automation;
using Pep668.Text;

namespace Pep668.PowerShell.Formatting;

/// <summary>Values in the views: what a terminal would obey is escaped. The properties have the exact text.</summary>
public static class ViewText
{
    /// <summary>A value as a part of one line; several are separated by commas.</summary>
    /// <param name="value">The value.</param>
    public static string? Line(object? value) => Text(value, ", ") is string text ? DisplayText.Escape(text) : null;

    /// <summary>A text of several lines, or one line for each value.</summary>
    /// <param name="value">The value.</param>
    public static string? Lines(object? value) => value is PSObject { BaseObject: object inner } ? Lines(inner)
        : value is IEnumerable many and not string ? string.Join('\n', many.Cast<object?>().Select(Line))
        : DisplayText.EscapeLines(Text(value, "\n"));

    private static string? Text(object? value, string separator) => value switch
    {
        null => null,
        PSObject { BaseObject: var inner } when inner is not PSCustomObject => Text(inner, separator),
        IEnumerable many and not string => string.Join(separator, many.Cast<object?>().Select(one => Text(one, separator))),
        _ => LanguagePrimitives.ConvertTo<string>(value),
    };
}
