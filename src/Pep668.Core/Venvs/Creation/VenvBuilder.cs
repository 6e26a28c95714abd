using Pep668.Discovery;
using Pep668.Distros;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Venvs.Seeding;

namespace Pep668.Venvs.Creation;

/// <summary>Makes virtual environments: whole, or not at all.</summary>
/// <param name="catalog">The machine's environments.</param>
/// <param name="cache">Where seeds of pip are kept.</param>
public sealed class VenvBuilder(EnvironmentCatalog catalog, SeedCache cache)
{
    private FileTree Files => catalog.Machine.Files;

    /// <summary>Makes one, or says why not; then nothing was made.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; nothing was made.</exception>
    public VenvOutcome Create(VenvRequest request, CancellationToken cancellation) => Write(Prepare(request), cancellation);

    /// <summary>Finds out what it takes to make one, without making anything.</summary>
    /// <returns>What to write; or, decided already, the environment that is taken as it is, or why none can be made.</returns>
    public VenvPreparation Prepare(VenvRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        (PythonEnvironment? python, Failure? failure) = new BasePython(catalog).Of(request.Python);
        failure ??= Refused(request);
        if (failure is not null)
        {
            return new(request) { Decided = VenvOutcome.Of(failure) };
        }
        request = request with { Path = VenvTarget.Settled(Files, request.Path), Python = python! };
        StagedFolder.Recover(request.Path);
        var target = new VenvTarget(catalog.Machine, request);
        if (target.Reusable() is PythonEnvironment reused)
        {
            return new(request) { Decided = new(reused, null, Changed: false, []) };
        }
        VenvModule? module = VenvModule.Read(Files, python!.StdLib!);
        BundledWheels? wheels = request.WithoutPip ? null : BundledWheels.Find(Files, python);
        failure = target.Refusal()
            ?? (module is null ? PythonParts.NoVenv(catalog.Machine, python)
                : wheels is null && !request.WithoutPip
                    ? PythonParts.NoPip(catalog.Machine, python, BundledWheels.FolderOf(Files, python), request.Path)
                : null);
        return failure is not null
            ? new(request) { Decided = VenvOutcome.Of(failure) }
            : new(request) { Plan = new VenvContents(Files, request, python, module!), Wheels = wheels };
    }

    /// <summary>Makes what was prepared.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; nothing was made.</exception>
    public VenvOutcome Write(VenvPreparation preparation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        if (preparation.Decided is not null)
        {
            return preparation.Decided;
        }
        VenvRequest request = preparation.Request;
        try
        {
            return WriteNow(preparation, cancellation);
        }
        catch (InvalidDataException error)
        {
            return VenvOutcome.Of(new(
                FailureId.PipSeedNotFound, $"The wheel of pip that belongs to {request.Python} cannot be used: {error.Message}.", request.Python, PythonParts.WithoutPip(request.Path)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return VenvOutcome.Of(new(
                FailureId.VenvNotWritten, $"'{request.Path}' could not be made: {error.Message.TrimEnd('.')}. Nothing of it is left.", request.Path,
                $"New-PythonVenv '{Path.Combine(catalog.Machine.Home ?? "~", Path.GetFileName(request.Path))}'"));
        }
    }

    private VenvOutcome WriteNow(VenvPreparation preparation, CancellationToken cancellation)
    {
        VenvRequest request = preparation.Request;
        var entries = new List<TreeEntry>(preparation.Plan!.Entries());
        string? warning = null;
        if (preparation.Wheels is BundledWheels wheels)
        {
            (IReadOnlyList<TreeEntry> seeded, warning) = new PipSeeder(Files, cache).Entries(wheels, preparation.Plan, request.Python, cancellation);
            entries.AddRange(seeded);
        }
        using (StagedFolder stage = StagedFolder.Create(request.Path))
        {
            TreeWriter.Write(stage.Tree, entries, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (!stage.Publish(request.Replace ? path => VenvTarget.Foreign(Files, path) is null : null))
            {
                return VenvOutcome.Of(VenvTarget.Exists(
                    request.Path, $"'{request.Path}' {VenvTarget.Foreign(Files, request.Path) ?? "exists: another process made it meanwhile."}"));
            }
        }
        PythonEnvironment? made = new EnvironmentCatalog(catalog.Machine) { Glances = true }.Identify(request.Path).Environment;
        return made is null
            ? VenvOutcome.Of(new(FailureId.VenvBroken, $"'{request.Path}' was made, but is not recognised as an environment.", request.Path, $"Test-PythonVenv '{request.Path}'"))
            : new(made, null, Changed: true, warning is null ? [] : [warning]);
    }

    // What no shell and no configuration file could carry.
    private static Failure? Refused(VenvRequest request)
    {
        char separator = OperatingSystem.IsWindows() ? ';' : ':';
        string? reason = request.Path.Contains(separator, StringComparison.Ordinal) && !OperatingSystem.IsWindows()
                ? $"it contains '{separator}', which separates the folders on PATH"
            : request.Path.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0 ? "it contains a control character"
            : Path.GetDirectoryName(request.Path) is null ? "it is the root folder"
            : request.Prompt?.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0 ? "its prompt contains a control character"
            : null;
        return reason is null ? null : new(
            FailureId.VenvNotWritten, $"No virtual environment can be made at '{request.Path}': {reason}.", request.Path, "New-PythonVenv .venv");
    }
}
