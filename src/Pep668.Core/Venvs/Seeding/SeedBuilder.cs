using System.Text;
using Pep668.Packages;
using Pep668.Text;

namespace Pep668.Venvs.Seeding;

/// <summary>Makes a seed from a wheel: what <c>pip install</c> of that pip adds to it, and the byte-code of its
/// interpreter.</summary>
internal static class SeedBuilder
{
    /// <summary>Makes one. The byte-code is missing if the interpreter cannot be run.</summary>
    /// <param name="wheel">What is installed.</param>
    /// <param name="installer">The wheel of the pip that would install it: its source determines the script of
    /// commands.</param>
    /// <param name="python">The interpreter.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The seed, and why it has no byte-code; null if it has.</returns>
    /// <exception cref="IOException">The temporary folder could not be written.</exception>
    internal static (Seed Seed, string? Problem) Build(Wheel wheel, Wheel installer, PythonEnvironment python,
        CancellationToken cancellation)
    {
        string source = installer.Text("pip/_internal/operations/install/wheel.py") ?? installer.Text("pip/_internal/wheel.py") ?? "";
        string scripts = installer.Text("pip/_vendor/distlib/scripts.py") ?? "";
        string template = PythonLiteral.Literal(source, "script_template = ")
            ?? PythonLiteral.Literal(scripts, "SCRIPT_TEMPLATE = ")
            ?? throw new InvalidDataException(SeedMessages.NoCommandTemplate());
        string recordPath = $"{wheel.DistInfo}/{RecordFile.FileName}", installerPath = $"{wheel.DistInfo}/INSTALLER";
        var files = new List<SeedFile>();
        foreach ((string path, byte[] content) in wheel.Files)
        {
            if (!Is(path, recordPath) && !Is(path, installerPath))
            {
                files.Add(new(path, content, wheel.Programs.Contains(path)));
            }
        }
        List<string> record = RecordOf(wheel, recordPath, installerPath);
        Add(installerPath, "pip\n");
        if (source.Contains("REQUESTED", StringComparison.Ordinal))
        {
            Add($"{wheel.DistInfo}/REQUESTED", "");
        }
        (IReadOnlyList<SeedFile> compiled, long modified, string? problem) = ByteCode.Compile(files, python, cancellation);
        files.AddRange(compiled);
        record.AddRange(compiled.Select(file => RecordFile.Line(file.Path)));
        return (new Seed
        {
            DistInfo = wheel.DistInfo,
            Files = files,
            Record = record,
            Commands = wheel.Commands(python.VersionInfo!),
            CommandTemplate = template,
            CommandBreak = scripts.Contains("if not shebang.endswith(linesep)", StringComparison.Ordinal) ? FirstLineBreak.WhereMissing
                : scripts.Contains("shebang + linesep", StringComparison.Ordinal) ? FirstLineBreak.Always
                : FirstLineBreak.None,
            Modified = modified,
        }, problem);

        void Add(string path, string text)
        {
            byte[] content = Encoding.UTF8.GetBytes(text);
            files.Add(new(path, content));
            record.Add(RecordFile.Line(path, content));
        }
    }

    // The lines of the wheel's own RECORD, without the one of INSTALLER, which the installer writes.
    private static List<string> RecordOf(Wheel wheel, string recordPath, string installerPath)
    {
        RecordFile listed = RecordFile.Parse(wheel.Files.GetValueOrDefault(recordPath));
        if (listed.Problem is not null)
        {
            throw new InvalidDataException(SeedMessages.InvalidRecord(listed.Problem));
        }
        var record = new List<string>();
        foreach (string[] row in listed.Rows)
        {
            if (Is(row[0], recordPath))
            {
                record.Add(RecordFile.Line(row[0]));
            }
            else if (!Is(row[0], installerPath))
            {
                record.Add(RecordFile.Line(row));
            }
        }
        return record;
    }

    private static bool Is(string path, string other) => string.Equals(path, other, StringComparison.Ordinal);
}
