using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Requests;

namespace Pep668.Pip.Policy;

/// <summary>A request and what was decided about it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Program">What would run, or that nothing was found.</param>
internal sealed record PreparedRequest(PipRequest Request, PipVerdict Verdict, Outcome<PipProgram> Program)
{
    /// <summary>Why it cannot run: it is refused, or no program was found; null when it can. The verdict's warnings apply in
    /// both cases.</summary>
    public Failure? Failure => Verdict.Refusal ?? Program.Failure;

    /// <summary>Decides about a request by what would really run.</summary>
    /// <param name="machine">Whose files, variables and settings.</param>
    /// <param name="request">The request.</param>
    /// <param name="language">The language of the distributor's message.</param>
    public static PreparedRequest Prepare(Machine machine, PipRequest request, MarkerLanguage language)
    {
        Outcome<PipProgram> program = PipProgram.Choose(machine, request);
        return new(request, PipPolicy.Decide(machine, request, language, program.OrNull()), program);
    }
}
