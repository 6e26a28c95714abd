using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;
using Pep668.Venvs.Seeding;

namespace Pep668.DesiredState;

/// <summary>The machine whose state is declared.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Culture">The name of the UI culture, for the language of a distributor's message.</param>
/// <param name="Cancellation">Stops an operation.</param>
internal sealed record ResourceHost(Machine Machine, string Culture, CancellationToken Cancellation)
{
    /// <summary>The prepared copies of pip.</summary>
    internal SeedCache Cache => SeedCache.For(Machine);

    /// <summary>The environments, read anew.</summary>
    internal EnvironmentCatalog Catalog() => new(Machine);

    /// <summary>Finds environments, read anew.</summary>
    internal EnvironmentResolver Resolver() => new(Catalog());

    /// <summary>The environment that a text names, or all of a kind without a text.</summary>
    internal Outcome<IReadOnlyList<PythonEnvironment>> Environments(
        string? text, Func<EnvironmentCatalog, IReadOnlyList<PythonEnvironment>> all) =>
        text is null ? Outcome.Success(all(Catalog()))
        : Resolver().Resolve(text).TryGet(out PythonEnvironment? one, out Failure? failure)
            ? Outcome.Success<IReadOnlyList<PythonEnvironment>>([one]) : failure;

    /// <summary>The interpreter that a text names; the default one without a text.</summary>
    internal Outcome<PythonEnvironment> Base(string? python, string path) =>
        python is null ? Resolver().ImpliedBase(path) : Resolver().ResolveBase(python);

    /// <summary>Runs pip or uv, where that is allowed. An override that is set on the machine allows nothing: only the
    /// request can contain one.</summary>
    /// <param name="input">What is installed or removed.</param>
    /// <param name="rest">The environment and the options.</param>
    /// <returns>The results; or why there are none.</returns>
    internal Outcome<PipRunOutcome> Run(PipInput input, PipRequest rest)
    {
        // pip starts here.
        Machine machine = Machine with { CurrentDirectory = Machine.FromHere(".") };
        Outcome<PreparedRequest> outcome = PreparedRequest.Prepare(machine, input, rest with { IgnoreOverrides = true }, Culture);
        if (!outcome.TryGet(out PreparedRequest? prepared, out _))
        {
            return Outcome.Fail<PipRunOutcome>(outcome.Failures) with { Notices = outcome.Notices };
        }
        PipRunOutcome run = PipRun.Execute(machine, prepared.Request, prepared.Verdict.Means, progress: null, Cancellation);
        return run.Failures.Count > 0
            ? Outcome.Fail<PipRunOutcome>(run.Failures) with { Notices = [.. outcome.Notices, .. run.Warnings] }
            : Outcome.Success(run, notices: [.. outcome.Notices, .. run.Warnings]);
    }
}
