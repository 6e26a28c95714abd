using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Pip.Planning;
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

    /// <summary>Why this user cannot write to a folder, or cannot create it; null if that is possible.</summary>
    internal string? WhyNotWritable(string folder)
    {
        string nearest = Machine.Upward(folder).First(one => Machine.Files.Stat(one).Kind != FileKind.Missing);
        return Machine.Files.Stat(nearest).Kind != FileKind.Directory ? $"'{nearest}' is not a folder"
            : Machine.Files.MayWrite(nearest, Machine.UserId) ? null
            : $"you may not write to '{nearest}'";
    }

    /// <summary>The folder that an install would write a package to; null if it is not known.</summary>
    /// <param name="input">What is installed.</param>
    /// <param name="rest">The environment and the options.</param>
    /// <param name="now">The folder that it is in now; null if it is not installed.</param>
    internal string? Destination(PipInput input, PipRequest rest, string? now)
    {
        if (input.Read(Machine, rest).OrNull() is not PipRequest request
            || PipProgram.Choose(Machine, request).OrNull() is not PipProgram program)
        {
            return now;
        }
        var destination = PlannedDestination.Find(Machine, ToolRules.Read(Machine, request, program), program);
        return now is not null && destination.Has(Machine.Files, now) ? now
            : destination.Folders is [string first, ..] ? first : null;
    }

    /// <summary>Runs pip or uv, where that is allowed. An override that is set on the machine allows nothing: only the
    /// request can contain one.</summary>
    /// <param name="input">What is installed or removed.</param>
    /// <param name="rest">The environment and the options.</param>
    /// <param name="progress">Receives the warnings, and whether something was changed.</param>
    /// <returns>The results; or why there are none.</returns>
    internal Outcome<PipRunOutcome> Run(PipInput input, PipRequest rest, ResourceProgress progress)
    {
        // pip starts here.
        Machine machine = Machine with { CurrentDirectory = Machine.FromHere(".") };
        Outcome<PreparedRequest> outcome =
            progress.Take(PreparedRequest.Prepare(machine, input, rest with { IgnoreOverrides = true }, Culture));
        if (!outcome.TryGet(out PreparedRequest? prepared, out _))
        {
            return Outcome.Fail<PipRunOutcome>(outcome.Failures);
        }
        PipRunOutcome run = PipRun.Execute(machine, prepared.Request, prepared.Verdict.Means, progress: null, Cancellation);
        progress.Add(run.Warnings);
        progress.Add(run.Results.Any(one => one.Changed));
        return run.Failures.Count > 0 ? Outcome.Fail<PipRunOutcome>(run.Failures) : run;
    }
}
