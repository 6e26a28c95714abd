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
        var bound = invocation.BoundParameters
            .Where(one => !Cmdlet.CommonParameters.Contains(one.Key) && !Cmdlet.OptionalCommonParameters.Contains(one.Key))
            .ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        foreach (ProductParameter parameter in names.Parameters.Select(one => one.Parameter))
        {
            if (!bound.Remove(parameter.ToString(), out object? value))
            {
                continue;
            }
            step = parameter is ProductParameter.Environment or ProductParameter.Python ? step.With(parameter, environment)
                : command == ProductCommand.ListEnvironments && parameter == ProductParameter.Path
                    ? step.With(ProductParameter.Version, environment)
                : value is SwitchParameter given ? step.WithSwitch(parameter, given)
                : step.WithAny(parameter, Texts(value));
        }
        return bound.Count == 0 ? step : null;
    }

    private static string[] Texts(object? value) => value is IEnumerable many and not string
        ? [.. many.Cast<object?>().Select(LanguagePrimitives.ConvertTo<string>)]
        : [LanguagePrimitives.ConvertTo<string>(value)];
}
