using System.Collections;
using System.Management.Automation;
using Pep668.Shells;

namespace Pep668.PowerShell.Binding;

/// <summary>The command that is running, as a step of a remedy.</summary>
internal static class RepeatedCommand
{
    /// <summary>The same command with another environment.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="environment">The environment.</param>
    /// <returns>The command; null if a remedy cannot have one of its parameters.</returns>
    internal static ProductStep? With(InvocationInfo invocation, string environment)
    {
        (ProductCommand command, ProductCommandNames? names) = ProductCommandNames.All.FirstOrDefault(
            one => string.Equals(one.Value.Cmdlet, invocation.MyCommand.Name, StringComparison.OrdinalIgnoreCase));
        if (names is null)
        {
            return null;
        }
        var step = new ProductStep(command);
        foreach ((string name, object? value) in invocation.BoundParameters)
        {
            if (Cmdlet.CommonParameters.Contains(name) || Cmdlet.OptionalCommonParameters.Contains(name))
            {
                continue;
            }
            if (!Enum.TryParse(name, out ProductParameter parameter) || names.Find(parameter) is null)
            {
                return null;
            }
            step = parameter is ProductParameter.Environment or ProductParameter.Python ? step.With(parameter, environment)
                : value is SwitchParameter given ? step.WithSwitch(parameter, given)
                : step.WithAny(parameter, Texts(value));
        }
        return step;
    }

    private static string[] Texts(object? value) => value is IEnumerable many and not string
        ? [.. many.Cast<object?>().Select(LanguagePrimitives.ConvertTo<string>)]
        : [LanguagePrimitives.ConvertTo<string>(value)];
}
