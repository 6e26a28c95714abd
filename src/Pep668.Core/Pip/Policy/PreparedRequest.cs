using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Requests;

namespace Pep668.Pip.Policy;

/// <summary>A request that may run, perhaps after a confirmation.</summary>
/// <param name="Request">The request.</param>
/// <param name="Verdict">What was decided.</param>
internal sealed record PreparedRequest(PipRequest Request, PipVerdict Verdict)
{
    /// <summary>Reads what the user typed, and decides about it by what would really run.</summary>
    /// <param name="machine">Whose files, variables and settings.</param>
    /// <param name="input">What is to be installed or removed.</param>
    /// <param name="rest">The environment and the other options.</param>
    /// <param name="culture">The name of the UI culture, for the language of the distributor's message.</param>
    /// <returns>The request; or everything that is wrong, or the refusal with its explanation as reasons. The warnings
    /// apply in each case.</returns>
    public static Outcome<PreparedRequest> Prepare(Machine machine, PipInput input, PipRequest rest, string culture)
    {
        PythonEnvironment environment = rest.Environment;
        if (environment.Root is not null)
        {
            return RequestMessages.BelowRoot(environment);
        }
        if (environment.Health == EnvironmentHealth.Broken)
        {
            return RequestMessages.Broken(environment);
        }
        Outcome<PipRequest> read = input.Read(machine, rest);
        if (!read.TryGet(out PipRequest? request, out _))
        {
            return Outcome.Fail<PreparedRequest>(read.Failures);
        }
        Outcome<PipProgram> program = PipProgram.Choose(machine, request);
        PipVerdict verdict =
            PipPolicy.Decide(machine, request, MarkerReader.LanguageOf(machine, culture, environment), program.OrNull());
        Failure? failure = verdict.Refusal ?? program.Failure;
        Outcome<PreparedRequest> outcome = failure is null ? new PreparedRequest(request, verdict) : failure;
        return outcome with { Notices = verdict.Warnings, Reasons = (failure?.Target as Refusal)?.Explanation ?? [] };
    }
}
