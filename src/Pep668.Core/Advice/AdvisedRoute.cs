namespace Pep668.Advice;

/// <summary>One way to get what a user wants.</summary>
/// <param name="Remedy">What to run, with its <see cref="Remedy.Route"/>.</param>
/// <param name="Confidence">How certain it is that it leads there.</param>
internal sealed record AdvisedRoute(Remedy Remedy, AdviceConfidence Confidence = AdviceConfidence.Known)
{
    /// <summary>A route that is certain.</summary>
    internal static AdvisedRoute To(AdviceRoute route, string reason, params IReadOnlyList<RemedyStep> steps) =>
        new(new Remedy(reason, steps) { Route = route });
}
