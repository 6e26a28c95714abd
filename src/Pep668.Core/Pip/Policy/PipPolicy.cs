using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Requests;

namespace Pep668.Pip.Policy;

/// <summary>
/// Decides whether a request may run: by PEP 668 and by the rules of what really runs (<c>InstallCommand.run</c> and
/// <c>UninstallCommand.run</c> of pip, <c>check_externally_managed</c>; uv's <c>pip install</c>), and beyond them where
/// they let something back into a managed environment. Nothing is run.
/// </summary>
internal static class PipPolicy
{
    /// <summary>Decides. What the disk says of the environment is read again.</summary>
    /// <param name="machine">Whose files, variables and settings.</param>
    /// <param name="request"> What is to be run, with the user's own arguments: <c>--report</c> among them lifts the
    /// protection of a dry run, so whoever runs pip adds its own later. </param>
    /// <param name="language">The language of the distributor's message.</param>
    /// <param name="program">What will run it; null for what the request alone tells.</param>
    public static PipVerdict Decide(Machine machine, PipRequest request, MarkerLanguage language, PipProgram? program = null)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(language);
        request = request with { Environment = EnvironmentRefresh.Read(machine.Files, request.Environment) };
        bool isUv = program?.IsUv ?? request.Installer == PipInstaller.Uv;
        return new PolicyDecision(machine, language, isUv
            ? UvRules.Read(machine, request)
            : PipRules.Read(machine, request, program is null ? request.Environment.PipVersion : program.Version)).Decide();
    }
}
