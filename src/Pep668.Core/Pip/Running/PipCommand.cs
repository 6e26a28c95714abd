using System.IO.Compression;
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

    internal PipCommand(Machine machine, PipRequest request, PipProgram program, OverrideMeans means, InstalledDistributions installed)
    {
        _program = program;
        var made = new PipArguments(machine, request, program, means, installed);
        var arguments = new List<string>(made.Arguments);
        Variables = made.Variables;
        bool reports = request.Action == PipAction.Install && !program.IsUv
            && (request.DryRun ? program.Release.HasReport : program.Release.HasStableReport)
            && !request.Arguments.Any(argument => argument.StartsWith("--rep", StringComparison.Ordinal));
        // Run inside its wheel, an old pip cannot open its own certificates.
        bool wantsCertificates = program.Wheel is not null && !program.Release.FindsCertificatesInWheel && !request.NoIndex
            && PipSettings.Read(machine, request.Environment with { PipVersion = program.Version }).Effective("install", "cert") is null;
        if (reports || wantsCertificates || made.Lines.Count > 0)
        {
            _folder = TemporaryFolder.Create();
        }
        if (reports)
        {
            _report = _folder!.At("report.json");
            arguments.AddRange(["--report", _report]);
        }
        if (made.Lines.Count > 0)
        {
            // It may hold credentials.
            string file = _folder!.At("requirements.txt");
            HostFiles.WritePrivate(file, string.Concat(made.Lines.Select(line => line + "\n")));
            arguments.AddRange(["-r", file]);
        }
        if (wantsCertificates && Certificates(program.Wheel!, _folder!.At("cacert.pem")) is string certificates)
        {
            Variables["PIP_CERT"] = certificates;
        }
        Arguments = arguments;
    }

    internal IReadOnlyList<string> Arguments { get; }

    internal Dictionary<string, string> Variables { get; }

    /// <summary>What pip reported; null when it did not.</summary>
    internal IReadOnlyList<PlannedChange>? Report() =>
        _report is not null && FileTree.Host.Read(_report).Bytes is byte[] report ? PlannedChange.FromReport(report) : null;

    /// <summary>The program and its arguments, for a message; there are no credentials among them.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(_program.Executable));

    public void Dispose() => _folder?.Dispose();

    private static string? Certificates(string wheel, string file)
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
            HostFiles.Write(file, content.ToArray());
            return file;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
