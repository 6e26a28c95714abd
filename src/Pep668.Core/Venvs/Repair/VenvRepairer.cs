using Pep668.Discovery;
using Pep668.Distros;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

namespace Pep668.Venvs.Repair;

/// <summary>What it takes to repair a virtual environment.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Examination">What is wrong with it.</param>
/// <param name="Refusal">Why it cannot be repaired; null when it can. What was examined is shown in both cases.</param>
internal sealed record VenvRepair(PythonEnvironment Environment, VenvExamination Examination, Failure? Refusal);

/// <summary>Repairs virtual environments in place: installed distributions are kept, and every file is replaced
/// in one step.</summary>
/// <param name="catalog">The machine's environments.</param>
/// <param name="cache">Where seeds of pip are kept.</param>
internal sealed class VenvRepairer(EnvironmentCatalog catalog, SeedCache cache)
{
    /// <summary>Finds out what it takes to repair one, without changing anything.</summary>
    /// <param name="environment">A virtual environment.</param>
    /// <param name="python">The base Python that it is to have; null for the one it has, else one of the same
    /// version.</param>
    public VenvRepair Prepare(PythonEnvironment environment, PythonEnvironment? python)
    {
        ArgumentNullException.ThrowIfNull(environment);
        VenvExamination examination = VenvExaminer.Examine(catalog, environment, python);
        Failure? failure = examination.BaseFailure is Failure noBase && (python is not null || examination.Defects.Count == 0) ? noBase
            : examination.Defects.FirstOrDefault(defect => defect is { CanBeRepaired: false, Remedies.Count: 0 }) is VenvDefect fatal
                ? new(FailureId.VenvBroken, $"'{environment.Prefix}' cannot be mended. {fatal.Message}", environment,
                    RecreateRemedy(environment, examination))
            : null;
        return new(environment, examination, failure);
    }

    /// <summary>Repairs what was prepared.</summary>
    /// <param name="repair">What to do.</param>
    /// <param name="cancellation">Stops it between two files; what was repaired stays so.</param>
    /// <returns>The environment as it is now, or what could not be repaired; the reasons are the defects that were
    /// repaired.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Outcome<VenvResult> Repair(VenvRepair repair, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(repair);
        (PythonEnvironment environment, VenvExamination examination, Failure? refusal) = repair;
        if (refusal is not null)
        {
            return refusal;
        }
        var done = new List<string>();
        try
        {
            foreach (VenvDefect defect in examination.Defects.Where(defect => defect.CanBeRepaired))
            {
                cancellation.ThrowIfCancellationRequested();
                if (Repair(environment, examination, defect, cancellation) is Failure failure)
                {
                    return Outcome.Fail<VenvResult>([failure]) with { Reasons = done };
                }
                done.Add(defect.Message);
            }
            TreeReplacer.Clean(catalog.Machine.Files, environment.Prefix, environment.Scripts ?? Path.Combine(environment.Prefix, "bin"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Failure failure = new(
                FailureId.VenvNotWritten, $"'{environment.Prefix}' could not be mended: {error.Message} What was installed is as it was.",
                environment, $"Repair-PythonVenv '{environment.Prefix}'");
            return Outcome.Fail<VenvResult>([failure]) with { Reasons = done };
        }
        PythonEnvironment? now = new EnvironmentCatalog(catalog.Machine).ReadOne(environment.Prefix).Environment;
        return now is null
            ? new Failure(
                FailureId.VenvBroken, $"'{environment.Prefix}' is not recognised as an environment.", environment,
                RecreateRemedy(environment, examination))
            : Outcome.Success(new VenvResult(now, Changed: done.Count > 0), reasons: done);
    }

    private Failure? Repair(PythonEnvironment environment, VenvExamination examination, VenvDefect defect, CancellationToken cancellation)
    {
        if (defect.Removals.Count == 0)
        {
            foreach (TreeEntry entry in defect.Replacements!)
            {
                TreeReplacer.Replace(environment.Prefix, entry);
            }
            return null;
        }
        PythonEnvironment python = examination.Base!;
        if (BundledWheels.Find(catalog.Machine.Files, python) is not BundledWheels wheels)
        {
            return VenvMessages.NoPip(catalog.Machine, python, environment.Prefix);
        }
        var plan = new VenvContents(catalog.Machine.Files, new(environment.Prefix, python), python,
            VenvModule.Read(catalog.Machine.Files, python.StdLib!)!);
        // pip alone: what else a new environment gets may be there, in another version.
        (IReadOnlyList<TreeEntry> entries, _) = new PipSeeder(catalog.Machine.Files, cache).Entries(
            wheels with { Wheels = [wheels.Wheels[^1]] }, plan.Layout, python, cancellation);
        TreeReplacer.Exchange(environment.Prefix, defect.Removals, entries, cancellation);
        return null;
    }

    private static Remedy RecreateRemedy(PythonEnvironment environment, VenvExamination examination)
    {
        ProductStep create = new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, environment.Prefix);
        create = examination.Base is PythonEnvironment found ? create.With(ProductParameter.Python, found.Executable) : create;
        create = create.With(ProductParameter.Force);
        return examination.Libraries.Distributions is { Count: > 0 } distributions
            ? new("creates it again with its packages", create, new ProductStep(ProductCommand.Install) { IsPiped = true }
                .With(ProductParameter.Package, distributions).With(ProductParameter.Environment, environment.Prefix))
            : new("creates it again", create);
    }
}
