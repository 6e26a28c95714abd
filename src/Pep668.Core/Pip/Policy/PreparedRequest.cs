using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Requests;

namespace Pep668.Pip.Policy;

/// <summary>A request that was judged.</summary>
/// <param name="Request">The request.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Failure">Why it cannot run: it is refused, or nothing is there to run; null when it can.</param>
public sealed record PreparedRequest(PipRequest Request, PipVerdict Verdict, Failure? Failure)
{
    /// <summary>Judges a request by what would really run.</summary>
    /// <param name="machine">Whose files, variables and settings.</param>
    /// <param name="request">The request.</param>
    /// <param name="language">The language of the distributor's message.</param>
    public static PreparedRequest Of(Machine machine, PipRequest request, MarkerLanguage language)
    {
        PipProgram? program = PipProgram.Choose(machine, request, out Failure? nothing);
        PipVerdict verdict = PipPolicy.Judge(machine, request, language, program);
        return new(request, verdict, verdict.Refusal ?? nothing);
    }
}
