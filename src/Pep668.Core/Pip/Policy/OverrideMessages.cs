using Pep668.Pip.Requests;
using Pep668.Text;

namespace Pep668.Pip.Policy;

/// <summary>The confirmation of an override.</summary>
internal static class OverrideMessages
{
    /// <summary>The heading of the question.</summary>
    internal const string Caption = "Break system packages";

    /// <summary>The question, in lines as they are shown: who manages what, what would happen, and what can
    /// happen.</summary>
    /// <param name="refused">The refusal that would be overridden.</param>
    /// <param name="request">The request.</param>
    /// <param name="effects">Which packages of the distribution would be affected, a sentence each.</param>
    internal static string Question(Failure refused, PipRequest request, IReadOnlyList<string> effects)
    {
        var refusal = (Refusal)refused.Target!;
        string verb = request.Action == PipAction.Install ? "Installing" : "Removing";
        string managed = $"{refusal.Distributor ?? "Another package manager"} manages '{refusal.Environment.Executable}' (PEP 668).";
        return string.Concat(effects.Prepend(managed).Select(line => DisplayText.Escape(line) + "\n"))
            + $"{verb} packages with pip can break programs that use this Python. Override PEP 668?";
    }

    /// <summary>The override was requested, but no confirmation is possible.</summary>
    /// <param name="refused">The refusal that would be overridden.</param>
    /// <param name="request">The request.</param>
    internal static Failure NotConfirmed(Failure refused, PipRequest request) => refused with
    {
        Message = $"{refused.Message} The override needs a confirmation.",
        Remedies = [.. refused.Remedies.Where(one => one.Route != AdviceRoute.Override),
            new Remedy("overrides PEP 668 without confirmation", request.ToStepIn(request.Environment)
                .With(ProductParameter.BreakSystemPackages).With(ProductParameter.Force)) { Route = AdviceRoute.Override }],
    };
}
