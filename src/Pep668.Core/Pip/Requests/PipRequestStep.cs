using Pep668.Requirements;

namespace Pep668.Pip.Requests;

/// <summary>A request as a command of this product again, for remedies. Credentials of URLs are hidden.</summary>
internal static class PipRequestStep
{
    // With these, pip writes to another place than the environment, or needs an override.
    private static readonly string[] Destinations =
        ["--target", "--prefix", "--root", "--user", "--python", "--install-option", "--break-system-packages"];

    private static readonly string[] Switches = ["--user", "--break-system-packages"];

    /// <summary>What the user typed, without the environment and the override.</summary>
    internal static ProductStep ToStep(this PipRequest request) => new PipInput(request.Action)
    {
        Packages = [.. request.Packages.Select(one => one.Text)],
        Requirements = request.Requirements,
        Constraints = request.Constraints,
        Editables = [.. request.Editables.Select(one => one.Text)],
        FindLinks = request.FindLinks,
    }.ToStep(request);

    /// <summary>The same for a text that was not read.</summary>
    /// <param name="input">What is to be installed or removed.</param>
    /// <param name="rest">The other options.</param>
    internal static ProductStep ToStep(this PipInput input, PipRequest rest)
    {
        ProductStep step = new ProductStep(input.Action == PipAction.Install ? ProductCommand.Install : ProductCommand.Uninstall)
            .WithAny(ProductParameter.Package, Redacted(input.Packages))
            .WithAny(ProductParameter.Requirement, Redacted(input.Requirements))
            .WithAny(ProductParameter.Constraint, Redacted(input.Constraints))
            .WithAny(ProductParameter.Editable, Redacted(input.Editables))
            .WithSwitch(ProductParameter.Upgrade, rest.Upgrade)
            .WithSwitch(ProductParameter.NoIndex, rest.NoIndex)
            .WithSwitch(ProductParameter.DryRun, rest.DryRun)
            .WithAny(ProductParameter.FindLinks, Redacted(input.FindLinks))
            .WithAny(ProductParameter.ExtraIndexUrl, Redacted(rest.ExtraIndexUrls))
            .WithAny(ProductParameter.IndexUrl, rest.IndexUrl is string index ? Redacted([index]) : [])
            .WithAny(ProductParameter.Installer, rest.Installer == PipInstaller.Auto ? [] : [rest.Installer.ToString()]);
        return step.WithAny(ProductParameter.ArgumentList, Redacted(rest.Arguments));
    }

    /// <summary>The same with the environment.</summary>
    internal static ProductStep ToStepIn(this PipRequest request, PythonEnvironment environment) =>
        request.ToStep().In(environment);

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
