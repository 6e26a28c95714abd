using Pep668.Distros;
using Pep668.Machines;

namespace Pep668.Advice;

/// <summary>Recommends an environment for each application, through pipx or <c>uv tool</c>.</summary>
/// <param name="machine">Where it happens.</param>
/// <param name="intent">What the user wants.</param>
internal sealed class ApplicationAdvice(Machine machine, InstallIntent intent)
{
    /// <summary>The programs that are present; for an application, how to get one if neither is.</summary>
    internal IEnumerable<AdvisedRoute> Find()
    {
        string reason = intent.Purpose == InstallPurpose.Application ? "in its own environment" : "if it is an application";
        bool hasPipx = machine.IsOnPath("pipx"), hasUv = machine.IsOnPath("uv");
        // Older versions of pipx, and uv, install one package at a time.
        if (hasPipx)
        {
            yield return AdvisedRoute.To(
                AdviceRoute.Pipx, reason, [.. intent.Packages.Select(one => new ProgramStep("pipx", "install", one))]);
        }
        if (hasUv)
        {
            yield return AdvisedRoute.To(
                AdviceRoute.UvTool, reason, [.. intent.Packages.Select(one => new ProgramStep("uv", "tool", "install", one))]);
        }
        if (!hasPipx && !hasUv && intent.Purpose == InstallPurpose.Application && SystemPackageManager.Find(machine) is not null)
        {
            Remedy get = ApplicationInstallers.Pipx(machine)[0];
            yield return AdvisedRoute.To(AdviceRoute.Pipx, $"in its own environment; {get.Reason} first",
                [.. get.Steps, .. intent.Packages.Select(one => new ProgramStep("pipx", "install", one))]);
        }
    }
}
