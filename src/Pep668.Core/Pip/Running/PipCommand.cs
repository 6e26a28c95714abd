using System.IO.Compression;
using System.Text;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Pip.Running;

/// <summary>One run, ready to start, with the files that it needs for itself; they go when it is disposed.</summary>
internal sealed class PipCommand : IDisposable
{
    private readonly PipProgram _program;
    private readonly TemporaryFolder? _folder;
    private readonly string? _report;

    private PipCommand(
        PipProgram program, IReadOnlyList<string> arguments, Dictionary<string, string> variables, TemporaryFolder? folder, string? report)
    {
        _program = program;
        _folder = folder;
        _report = report;
        Arguments = arguments;
        Variables = variables;
    }

    /// <summary>Prepares a run: its arguments and variables, and the temporary files that it needs.</summary>
    /// <exception cref="IOException">The temporary folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The temporary folder may not be written.</exception>
    internal static PipCommand Prepare(
        Machine machine, PipRequest request, PipProgram program, OverrideMeans means, InstalledDistributions installed)
    {
        var made = PipArguments.Build(machine, request, program, means, installed);
        var arguments = new List<string>(made.Arguments);
        Dictionary<string, string> variables = made.Variables;
        bool reports = request.Action == PipAction.Install && !program.IsUv
            && (request.DryRun ? program.Release.HasReport : program.Release.HasStableReport)
            && !request.Arguments.Any(argument => argument.StartsWith("--rep", StringComparison.Ordinal));
        // Run inside its wheel, an old pip cannot open its own certificates.
        bool wantsCertificates = program.Wheel is not null && !program.Release.FindsCertificatesInWheel && !request.NoIndex
            && PipSettings.Read(machine, request.Environment with { PipVersion = program.Version }).Effective("install", "cert") is null;
        TemporaryFolder? folder = reports || wantsCertificates || made.Lines.Count > 0 ? RunFolder.Create() : null;
        string? report = reports ? folder!.At("report.json") : null;
        if (report is not null)
        {
            arguments.AddRange(["--report", report]);
        }
        if (made.Lines.Count > 0)
        {
            // It may hold credentials.
            const string name = "requirements.txt";
            folder!.Folder.Write(
                name, Encoding.UTF8.GetBytes(string.Concat(made.Lines.Select(line => line + "\n"))), new(IsPrivate: true));
            arguments.AddRange(["-r", folder.At(name)]);
        }
        arguments.AddRange(made.Given);
        if (wantsCertificates && Certificates(program.Wheel!, folder!) is string certificates)
        {
            variables["PIP_CERT"] = certificates;
        }
        return new(program, arguments, variables, folder, report);
    }

    internal IReadOnlyList<string> Arguments { get; }

    internal Dictionary<string, string> Variables { get; }

    /// <summary>Notes the program, which uses the files after this process was killed.</summary>
    internal void Started(RunningProcess process)
    {
        if (_folder is not null)
        {
            RunFolder.Note(_folder, process);
        }
    }

    /// <summary>What pip reported; null when it did not.</summary>
    internal IReadOnlyList<PlannedChange>? Report() =>
        _report is not null && FileTree.Host.Read(_report).Bytes is byte[] report ? PlannedChange.FromReport(report) : null;

    /// <summary>The program and its arguments, for a message; there are no credentials among them.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(_program.Executable));

    public void Dispose() => _folder?.Dispose();

    private static string? Certificates(string wheel, TemporaryFolder folder)
    {
        try
        {
            if (FileTree.Host.Read(wheel).Bytes is not byte[] bytes)
            {
                return null;
            }
            using var archive = new ZipArchive(new MemoryStream(bytes));
            if (archive.GetEntry("pip/_vendor/certifi/cacert.pem") is not ZipArchiveEntry entry)
            {
                return null;
            }
            var content = new MemoryStream();
            using (Stream stream = entry.Open())
            {
                stream.CopyTo(content);
            }
            const string name = "cacert.pem";
            folder.Folder.Write(name, content.ToArray());
            return folder.At(name);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
