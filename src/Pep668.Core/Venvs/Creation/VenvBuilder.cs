using Pep668.Discovery;
using Pep668.Distros;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Venvs.Seeding;

namespace Pep668.Venvs.Creation;

/// <summary>Creates virtual environments atomically.</summary>
/// <param name="catalog">The machine's environments.</param>
/// <param name="cache">Where seeds of pip are kept.</param>
internal sealed class VenvBuilder(EnvironmentCatalog catalog, SeedCache cache)
{
    private FileTree Files => catalog.Machine.Files;

    /// <summary>Makes one, or says why not; then nothing was made.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; nothing was made.</exception>
    public Outcome<VenvResult> Create(VenvRequest request, CancellationToken cancellation) =>
        Prepare(request).TryGet(out VenvPreparation? preparation, out Failure? failure) ? Write(preparation, cancellation) : failure;

    /// <summary>Finds out what it takes to make one, without making anything.</summary>
    /// <returns>What to write, or the environment that is used unchanged; or why none can be created.</returns>
    public Outcome<VenvPreparation> Prepare(VenvRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!new BasePython(catalog).Find(request.Python).TryGet(out PythonEnvironment? python, out Failure? failure))
        {
            return failure;
        }
        if (Refused(request) is Failure refused)
        {
            return refused;
        }
        request = request with { Path = VenvTarget.ResolveLink(Files, request.Path), Python = python };
        StagedFolder.Recover(request.Path);
        var target = new VenvTarget(catalog.Machine, request);
        if (target.Reusable() is PythonEnvironment reused)
        {
            return new VenvPreparation(request) { Reused = reused };
        }
        VenvModule? module = VenvModule.Read(Files, python.StdLib!);
        BundledWheels? wheels = request.WithoutPip ? null : BundledWheels.Find(Files, python);
        failure = target.Refusal()
            ?? (module is null ? VenvMessages.NoVenvModule(catalog.Machine, python)
                : wheels is null && !request.WithoutPip
                    ? VenvMessages.NoPip(catalog.Machine, python, request.Path)
                : null);
        return failure is not null
            ? failure
            : new VenvPreparation(request) { Plan = new VenvContents(Files, request, python, module!), Wheels = wheels };
    }

    /// <summary>Makes what was prepared.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; nothing was made.</exception>
    public Outcome<VenvResult> Write(VenvPreparation preparation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        if (preparation.Reused is not null)
        {
            return new VenvResult(preparation.Reused, Changed: false);
        }
        VenvRequest request = preparation.Request;
        try
        {
            return WriteNow(preparation, cancellation);
        }
        catch (InvalidDataException error)
        {
            return new Failure(
                FailureId.PipSeedNotFound, $"The wheel of pip that belongs to {request.Python} cannot be used: {error.Message}.",
                request.Python, VenvMessages.WithoutPip(request.Path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Failure(
                FailureId.VenvNotWritten, $"'{request.Path}' could not be made: {error.Message.TrimEnd('.')}. Nothing of it is left.",
                request.Path,
                $"New-PythonVenv '{Path.Combine(catalog.Machine.Home ?? "~", Path.GetFileName(request.Path))}'");
        }
    }

    private Outcome<VenvResult> WriteNow(VenvPreparation preparation, CancellationToken cancellation)
    {
        VenvRequest request = preparation.Request;
        var entries = new List<TreeEntry>(preparation.Plan!.Entries());
        string? warning = null;
        if (preparation.Wheels is BundledWheels wheels)
        {
            (IReadOnlyList<TreeEntry> seeded, warning) =
                new PipSeeder(Files, cache).Entries(wheels, preparation.Plan.Layout, request.Python, cancellation);
            entries.AddRange(seeded);
        }
        using (StagedFolder stage = StagedFolder.Create(request.Path))
        {
            TreeWriter.Write(stage.Tree, entries, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (!stage.Publish(request.Replace ? path => VenvTarget.WhyNotReplaceable(Files, path) is null : null))
            {
                string why = VenvTarget.WhyNotReplaceable(Files, request.Path) ?? "exists: another process made it meanwhile.";
                return VenvTarget.Exists(request.Path, $"'{request.Path}' {why}");
            }
        }
        PythonEnvironment? made = new EnvironmentCatalog(catalog.Machine).ReadOne(request.Path).Environment;
        return made is null
            ? new Failure(
                FailureId.VenvBroken, $"'{request.Path}' was made, but is not recognised as an environment.", request.Path,
                $"Test-PythonVenv '{request.Path}'")
            : Outcome.Success(new VenvResult(made, Changed: true), notices: warning is null ? [] : [warning]);
    }

    // What no shell and no configuration file could carry.
    private static Failure? Refused(VenvRequest request)
    {
        char separator = HostPlatform.IsWindows ? ';' : ':';
        string? reason = request.Path.Contains(separator, StringComparison.Ordinal) && !HostPlatform.IsWindows
                ? $"it contains '{separator}', which separates the folders on PATH"
            : request.Path.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0 ? "it contains a control character"
            : Path.GetDirectoryName(request.Path) is null ? "it is the root folder"
            : request.Prompt?.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0 ? "its prompt contains a control character"
            : null;
        return reason is null ? null : new(
            FailureId.VenvNotWritten, $"No virtual environment can be made at '{request.Path}': {reason}.", request.Path,
            "New-PythonVenv .venv");
    }
}
