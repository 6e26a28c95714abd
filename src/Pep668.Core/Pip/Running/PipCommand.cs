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
    private readonly string? _folder;
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
            _folder = Directory.CreateTempSubdirectory("pep668-").FullName; // for this user alone
        }
        if (reports)
        {
            _report = Path.Combine(_folder!, "report.json");
            arguments.AddRange(["--report", _report]);
        }
        if (made.Lines.Count > 0)
        {
            string file = Path.Combine(_folder!, "requirements.txt");
            WriteSecret(file, string.Concat(made.Lines.Select(line => line + "\n")));
            arguments.AddRange(["-r", file]);
        }
        if (wantsCertificates && Certificates(program.Wheel!, _folder!) is string certificates)
        {
            Variables["PIP_CERT"] = certificates;
        }
        Arguments = arguments;
    }

    internal IReadOnlyList<string> Arguments { get; }

    internal Dictionary<string, string> Variables { get; }

    /// <summary>What pip reported; null when it did not.</summary>
    internal IReadOnlyList<PlannedChange>? Report() =>
        _report is not null && File.Exists(_report) ? PlannedChange.FromReport(File.ReadAllBytes(_report)) : null;

    /// <summary>The program and its arguments, for a message; there are no credentials among them.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(_program.Executable));

    public void Dispose()
    {
        try
        {
            if (_folder is not null)
            {
                Directory.Delete(_folder, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // the system's own cleaning of temporary files takes it
        }
    }

    private static void WriteSecret(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var stream = new FileStream(file, options);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string? Certificates(string wheel, string folder)
    {
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(wheel);
            if (archive.GetEntry("pip/_vendor/certifi/cacert.pem") is not ZipArchiveEntry entry)
            {
                return null;
            }
            string file = Path.Combine(folder, "cacert.pem");
            entry.ExtractToFile(file);
            return file;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
