using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

namespace Pep668.Venvs.Repair;

/// <summary>A prepared repair of a virtual environment.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Examination">Its defects.</param>
/// <param name="Refusal">Why it cannot be repaired; null if it can.</param>
internal sealed record VenvRepair(PythonEnvironment Environment, VenvExamination Examination, Failure? Refusal)
{
    /// <summary>The environment as it is read once it is repaired.</summary>
    internal PythonEnvironment Expected(FileTree files)
    {
        PythonEnvironment python = Examination.Base ?? Environment;
        bool replacesPip = Examination.Defects.Any(defect => defect.CanBeRepaired && defect.Removals.Count > 0);
        return Environment with
        {
            Health = EnvironmentHealth.Healthy,
            Problem = null,
            Implementation = python.Implementation,
            Version = python.Version,
            VersionInfo = python.VersionInfo,
            IsFreeThreaded = python.IsFreeThreaded,
            PipVersion = (replacesPip ? BundledWheels.Find(files, python)?.PipVersion : Environment.PipVersion)
                ?? ImportedPip.Version(files, Environment.SitePackages)
                ?? (Environment.IncludeSystemSitePackages ? python.PipVersion : null),
        };
    }
}

/// <summary>Repairs virtual environments in place: installed distributions are kept, and every file is replaced
/// atomically.</summary>
/// <param name="catalog">The machine's environments.</param>
/// <param name="cache">Where seeds of pip are kept.</param>
internal sealed class VenvRepairer(EnvironmentCatalog catalog, SeedCache cache)
{
    /// <summary>Determines what has to be repaired, without changing anything.</summary>
    /// <param name="environment">A virtual environment.</param>
    /// <param name="python">The base Python that was requested; null for the one it has, else one of the same
    /// version.</param>
    public VenvRepair Prepare(PythonEnvironment environment, PythonEnvironment? python)
    {
        ArgumentNullException.ThrowIfNull(environment);
        VenvExamination examination = VenvExaminer.Examine(catalog, environment, python);
        Failure? failure = examination.BaseFailure is Failure noBase && (python is not null || examination.Defects.Count == 0) ? noBase
            : examination.Defects.FirstOrDefault(defect => defect.IsFatal) is VenvDefect fatal
                ? RepairMessages.NotRepairable(environment, fatal.Message, fatal.Remedies)
            : null;
        return new(environment, examination, failure);
    }

    /// <summary>Repairs what was prepared.</summary>
    /// <param name="repair">What to do.</param>
    /// <param name="cancellation">Stops it between two files; what was repaired before remains repaired.</param>
    /// <returns>The environment as it is now, or what could not be repaired; the reasons are verbose lines.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Outcome<VenvResult> Repair(VenvRepair repair, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(repair);
        (PythonEnvironment environment, VenvExamination examination, Failure? refusal) = repair;
        if (refusal is not null)
        {
            return refusal;
        }
        if (!IsWhereNamed(environment))
        {
            return RepairMessages.ForeignLink(environment);
        }
        var done = new List<string>();
        var notices = new List<Notice>();
        try
        {
            foreach (VenvDefect defect in examination.Defects.Where(defect => defect.CanBeRepaired))
            {
                cancellation.ThrowIfCancellationRequested();
                if (Repair(environment, examination, defect, notices, cancellation) is Failure failure)
                {
                    return Failed(failure);
                }
                done.Add(RepairMessages.Repaired(environment, defect.Message));
            }
            TreeReplacer.Clean(environment.Prefix, environment.Scripts ?? Path.Combine(environment.Prefix, "bin"));
        }
        catch (InvalidDataException error)
        {
            return Failed(VenvMessages.UnusableWheel(examination.Base!, error.Message, error, create: null));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failed(RepairMessages.NotWritten(environment, WriteProblem.Describe(error, environment.Prefix), error));
        }
        PythonEnvironment? now = new EnvironmentCatalog(catalog.Machine).ReadOne(environment.Prefix).Environment;
        return now is null
            ? Failed(RepairMessages.NotRecognized(
                environment, Recreation.Remedies(catalog, environment, examination.Base, examination.Libraries)))
            : Outcome.Success(new VenvResult(now, Changed: done.Count > 0),
                reasons: done.Count > 0 ? done : [RepairMessages.Unchanged(environment)], notices: notices);

        Outcome<VenvResult> Failed(Failure failure) =>
            Outcome.Fail<VenvResult>([failure]) with { Reasons = done, Notices = notices };
    }

    // Its folder was resolved when it was read: a link of another user may have led out of the folders of that user.
    private static bool IsWhereNamed(PythonEnvironment environment) =>
        environment.NamedPath is not string named || OpenFolder.IsSame(named, environment.Prefix)
        || (Path.GetDirectoryName(named) is string folder && environment.Scripts is string scripts && OpenFolder.IsSame(folder, scripts));

    private Failure? Repair(PythonEnvironment environment, VenvExamination examination, VenvDefect defect, List<Notice> notices,
        CancellationToken cancellation)
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
            return VenvMessages.NoPip(catalog.Machine, python, create: null);
        }
        var plan = new VenvContents(catalog.Machine.Files, new(environment.Prefix, python), python,
            VenvModule.Read(catalog.Machine.Files, python.StdLib!)!);
        // pip only: setuptools may be installed in another version.
        (IReadOnlyList<TreeEntry> entries, Notice? warning) = new PipSeeder(catalog.Machine.Files, cache).Entries(
            wheels with { Wheels = [wheels.Wheels[^1]] }, plan.Layout, python, cancellation);
        notices.AddRange(warning is null ? [] : [warning]);
        TreeReplacer.Exchange(environment.Prefix, defect.Removals, entries, cancellation);
        return null;
    }
}
