namespace Pep668.DesiredState;

/// <summary>The recommendations of errors about an environment whose state is declared: a command that creates it would
/// do so apart from its state, so the property that helps is named instead.</summary>
internal static class StateRemedies
{
    /// <summary>The outcome with recommendations about the state.</summary>
    internal static Outcome<T> AboutState<T>(this Outcome<T> outcome)
        where T : class =>
        outcome.Failure is null ? outcome : Outcome.Fail<T>([.. outcome.Failures.Select(AboutState)]);

    /// <summary>The failure with recommendations about the state.</summary>
    internal static Failure AboutState(Failure failure)
    {
        string? python = failure.Id is FailureId.PythonNotFound or FailureId.VenvBroken ? OtherPython(failure.Remedies) : null;
        Remedy[] others = [.. failure.Remedies.Where(one => !Has(one, ProductCommand.CreateVenv))];
        Remedy[] kept = [.. others.Where(one => !Has(one, ProductCommand.ListEnvironments))];
        return failure with
        {
            Remedies = kept.Length < others.Length || python is not null ? [ResourceMessages.ForPython(python), .. kept] : kept,
        };
    }

    // The Python of a command that creates the environment with another one.
    private static string? OtherPython(IReadOnlyList<Remedy> remedies) => remedies.SelectMany(one => one.Steps).OfType<ProductStep>()
        .Where(step => step.Command == ProductCommand.CreateVenv).SelectMany(step => step.Arguments)
        .FirstOrDefault(one => one.Parameter == ProductParameter.Python)?.Values[0];

    private static bool Has(Remedy remedy, ProductCommand command) =>
        remedy.Steps.Any(step => step is ProductStep product && product.Command == command);
}
