using Pep668.Requirements;

namespace Pep668.Pip.Requests;

/// <summary>A request as a command of this product again, for remedies. Credentials of URLs are hidden.</summary>
internal static class PipRequestStep
{
    // With these, pip writes to another place than the environment, or needs an override.
    private static readonly string[] Destinations =
        ["--target", "--prefix", "--root", "--user", "--python", "--install-option", "--break-system-packages"];

    private static readonly string[] Switches = ["--user", "--break-system-packages"];

    /// <summary>What the user typed, without the environment, the override and <c>-DryRun</c>.</summary>
    internal static ProductStep ToStep(this PipRequest request)
    {
        ProductStep step = new ProductStep(request.Action == PipAction.Install ? ProductCommand.Install : ProductCommand.Uninstall)
            .WithAny(ProductParameter.Package, [.. request.Packages.Select(one => one.Redacted)])
            .WithAny(ProductParameter.Requirement, Redacted(request.Requirements))
            .WithAny(ProductParameter.Constraint, Redacted(request.Constraints))
            .WithAny(ProductParameter.Editable, [.. request.Editables.Select(one => one.Redacted)])
            .WithSwitch(ProductParameter.Upgrade, request.Upgrade)
            .WithSwitch(ProductParameter.NoIndex, request.NoIndex)
            .WithAny(ProductParameter.FindLinks, Redacted(request.FindLinks))
            .WithAny(ProductParameter.ExtraIndexUrl, Redacted(request.ExtraIndexUrls));
        step = request.IndexUrl is string index ? step.With(ProductParameter.IndexUrl, UrlCredentials.Redact(index)) : step;
        step = request.Installer == PipInstaller.Auto ? step : step.With(ProductParameter.Installer, request.Installer.ToString());
        return step.WithAny(ProductParameter.ArgumentList, Redacted(request.Arguments));
    }

    /// <summary>The same with the environment.</summary>
    internal static ProductStep ToStepIn(this PipRequest request, PythonEnvironment environment) =>
        request.ToStep().With(ProductParameter.Environment, environment.IsVirtual ? environment.Prefix : environment.Executable);

    /// <summary>A request without the arguments that name another destination or override PEP 668.</summary>
    internal static PipRequest WithoutDestination(this PipRequest request)
    {
        var kept = new List<string>();
        bool skipsValue = false;
        foreach (string argument in request.Arguments)
        {
            if (skipsValue)
            {
                skipsValue = false;
                continue;
            }
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? argument : argument[..equals];
            if (FullName(name) is string found)
            {
                skipsValue = equals < 0 && !Switches.Contains(found, StringComparer.Ordinal)
                    && (name.StartsWith("--", StringComparison.Ordinal) || name.Length == 2);
            }
            else
            {
                kept.Add(argument);
            }
        }
        return request with { Arguments = kept };
    }

    // optparse takes shortened names; --pre is an option, -t may be followed by its value.
    private static string? FullName(string name) =>
        name is "--pre" ? null
        : name.StartsWith("-t", StringComparison.Ordinal) ? "--target"
        : name.Length > 3 ? Array.Find(Destinations, one => one.StartsWith(name, StringComparison.Ordinal))
        : null;

    private static IReadOnlyList<string> Redacted(IReadOnlyList<string> texts) => [.. texts.Select(UrlCredentials.Redact)];
}
