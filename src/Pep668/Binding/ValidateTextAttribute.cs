using System.Management.Automation;
using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Binding;

/// <summary>Refuses a text that names nothing: an empty one, one of white space, and one whose bytes were not
/// UTF-8.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateTextAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <summary>Whether the cmdlet has an error of its own for a text that names nothing.</summary>
    public bool AllowsEmpty { get; set; }

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        string text = LanguagePrimitives.ConvertTo<string>(element);
        string? problem = string.IsNullOrWhiteSpace(text) ? AllowsEmpty ? null : ModuleMessages.EmptyText()
            : Pep668Command.IsUndecoded(text) ? ModuleMessages.UndecodedText(text)
            : null;
        if (problem is not null)
        {
            throw new ValidationMetadataException(problem);
        }
    }
}
