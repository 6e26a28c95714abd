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

    /// <summary>Creates one, or returns why not; then nothing was created.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; nothing was created.</exception>
    public Outcome<VenvResult> Create(VenvRequest request, CancellationToken cancellation) =>
        Prepare(request).TryGet(out VenvPreparation? preparation, out Failure? failure) ? Write(preparation, cancellation) : failure;

    /// <summary>Determines what has to be written, without writing anything.</summary>
    /// <returns>What to write, or the environment that is used unchanged; or why none can be created.</returns>
    public Outcome<VenvPreparation> Prepare(VenvRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Prompt is ".")
        {
            // As venv of 3.9 and later reads it (bpo-38901).
            request = request with { Prompt = Path.GetFileName(catalog.Machine.CurrentDirectory) };
        }
        if (!new BasePython(catalog).Find(request.Python, request).TryGet(out PythonEnvironment? python, out Failure? failure))
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
        bool hasWheels = wheels is not null || request.WithoutPip;
        failure = target.Refusal(canCreate: module is not null && hasWheels)
            ?? (module is null
                ? VenvMessages.NoVenvModule(catalog.Machine, python, new UsablePython(catalog).Remedies(python, request))
                : !hasWheels ? VenvMessages.NoPip(catalog.Machine, python, request.ToStep())
                : null);
        return failure is not null
            ? failure
            : new VenvPreparation(request)
            {
                Replaces = Files.LinkStat(request.Path).Kind != FileKind.Missing && !VenvTarget.IsEmpty(Files, request.Path),
                Plan = new VenvContents(Files, request, python, module!),
                Wheels = wheels,
            };
    }

    /// <summary>Creates what was prepared.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; nothing was created.</exception>
    public Outcome<VenvResult> Write(VenvPreparation preparation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        if (preparation.Reused is not null)
        {
            return new VenvResult(preparation.Reused, Changed: false);
        }
        VenvRequest request = preparation.Request;
        var notices = new List<Notice>();
        Outcome<VenvResult> outcome;
        try
        {
            outcome = WriteNow(preparation, notices, cancellation);
        }
        catch (InvalidDataException error)
        {
            outcome = VenvMessages.UnusableWheel(request.Python, error.Message, error, request.ToStep());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            outcome = VenvMessages.NotWritten(
                request.Path, WriteProblem.Describe(error, request.Path), error, preparation.Replaces, InHome(request, error));
        }
        return outcome with { Notices = notices };
    }

    private Outcome<VenvResult> WriteNow(VenvPreparation preparation, List<Notice> notices, CancellationToken cancellation)
    {
        VenvRequest request = preparation.Request;
        var entries = new List<TreeEntry>(preparation.Plan!.Entries());
        if (preparation.Wheels is BundledWheels wheels)
        {
            (IReadOnlyList<TreeEntry> seeded, Notice? warning) =
                new PipSeeder(Files, cache).Entries(wheels, preparation.Plan.Layout, request.Python, cancellation);
            entries.AddRange(seeded);
            notices.AddRange(warning is null ? [] : [warning]);
        }
        using (StagedFolder stage = StagedFolder.Create(request.Path))
        {
            TreeWriter.Write(stage.Tree, entries, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (!stage.Publish((parent, name) => MayGo(request, parent, name)))
            {
                return new VenvTarget(catalog.Machine, request).Lost();
            }
        }
        PythonEnvironment? made = new EnvironmentCatalog(catalog.Machine).ReadOne(request.Path).Environment;
        return made is null
            ? VenvMessages.NotRecognized(request.Path, isNew: true)
            : new VenvResult(made, Changed: true);
    }

    private static bool MayGo(VenvRequest request, OpenFolder parent, string name) =>
        request.Replace ? VenvTarget.WhyNotReplaceable(parent, name) is null : VenvTarget.IsEmpty(parent, name);

    // The home folder helps if it belongs to the user, and if neither its disk nor the name is the problem.
    private ProductStep? InHome(VenvRequest request, Exception error)
    {
        if (catalog.Machine.Home is not string home || Files.Stat(home) is not { Kind: FileKind.Directory } folder
            || (!HostPlatform.IsWindows && folder.Owner != catalog.Machine.UserId))
        {
            return null;
        }
        string path = Path.Combine(home, Path.GetFileName(request.Path));
        FileEntry there = Machine.Upward(request.Path).Select(Files.Stat).FirstOrDefault(entry => entry.Kind != FileKind.Missing);
        bool helps = error is UnauthorizedAccessException || there.Device != folder.Device;
        return helps && !string.Equals(path, request.Path, StringComparison.Ordinal) && VenvTarget.IsFree(Files, path)
            ? (request with { Path = path }).ToStep()
            : null;
    }

    private Failure? Refused(VenvRequest request)
    {
        string? reason = VenvNaming.WhyNotPath(request.Path) ?? VenvNaming.WhyNotPrompt(request.Prompt);
        return reason is null ? null : VenvMessages.Unsupported(request.Path, reason, Corrected(request)?.ToStep());
    }

    // The request with a name and a prompt that can be used; null if its parent folder cannot.
    private VenvRequest? Corrected(VenvRequest request) =>
        VenvNaming.Corrected(request.Path) is string path
        && (string.Equals(path, request.Path, StringComparison.Ordinal) || VenvTarget.IsFree(Files, path))
            ? request with
            {
                Path = path,
                Prompt = VenvNaming.WhyNotPrompt(request.Prompt) is null ? request.Prompt : VenvNaming.Plain(request.Prompt!),
            }
            : null;
}
