using System.Text.Json;
using System.Text.Json.Serialization;
using Pep668.Machines;
using Pep668.Markers;

namespace Pep668.Environments;

/// <summary>An environment as its interpreter described it, and what that changed.</summary>
/// <param name="Environment">The corrected environment.</param>
/// <param name="Differences">Where the files had said otherwise, in words; empty when they agreed.</param>
/// <param name="Failure">Why the interpreter did not answer; null when it did.</param>
internal sealed record EnvironmentVerification(PythonEnvironment Environment, IReadOnlyList<string> Differences, Failure? Failure);

/// <summary>
/// Runs an interpreter and compares what it says with what its files said: isolated (<c>-I</c>; <c>-E -s</c> for Python
/// 2), from an empty folder, with a time limit. Site stays on, since a virtual environment is only one with it:
/// <c>.pth</c> files and <c>sitecustomize</c> of that environment run.
/// </summary>
internal static class EnvironmentVerifier
{
    /// <summary>How long an interpreter may take to answer.</summary>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromSeconds(30);

    // What .pth files print stands before this mark.
    private const string Mark = "pep668-answer:";

    private const string Script = """
        import sys, platform, sysconfig, json, site
        v = sys.version_info
        b = getattr(sys, 'base_prefix', getattr(sys, 'real_prefix', sys.prefix))
        s = ['%s' % p for p in [sysconfig.get_path('purelib')] + site.getsitepackages()] if hasattr(site, 'getsitepackages') else None
        print('pep668-answer:' + json.dumps(dict(
            version='%d.%d.%d' % tuple(v[:3]) + {'alpha': 'a%d', 'beta': 'b%d', 'candidate': 'rc%d'}.get(v[3], '').replace('%d', str(v[4])),
            implementation=platform.python_implementation(), prefix=sys.prefix, basePrefix=b, stdLib=sysconfig.get_path('stdlib'),
            scripts=sysconfig.get_path('scripts'), sitePackages=s, isVirtual=b != sys.prefix or hasattr(sys, 'real_prefix'))))
        """;

    /// <summary>Verifies one environment.</summary>
    /// <param name="files">Where it is; not below a root.</param>
    /// <param name="environment">What its files said.</param>
    /// <param name="cancellation">Ends the interpreter.</param>
    public static EnvironmentVerification Verify(FileTree files, PythonEnvironment environment, CancellationToken cancellation)
    {
        if (!files.IsFile(environment.Executable))
        {
            return Failed(environment, new(null, "", "", "it does not exist"));
        }
        using var folder = TemporaryFolder.Create();
        bool isolates = environment.VersionInfo is null or { Major: >= 3 };
        ProcessResult result = ProcessRunner.Run(
            environment.Executable, (string[])[.. isolates ? (string[])["-I"] : ["-E", "-s"], "-c", Script], folder.FullName,
            name => name.StartsWith("PYTHON", StringComparison.OrdinalIgnoreCase) || name is "__PYVENV_LAUNCHER__", TimeLimit,
            cancellation);
        int at = result.Output.LastIndexOf(Mark, StringComparison.Ordinal);
        Answer? answer = result.ExitCode == 0 && at >= 0
            ? JsonSerializer.Deserialize(result.Output[(at + Mark.Length)..], AnswerJson.Default.Answer)
            : null;
        return answer is null ? Failed(environment, result) : Compared(files, environment, answer);
    }

    private static EnvironmentVerification Failed(PythonEnvironment environment, ProcessResult result)
    {
        string why = result.Problem
            ?? (result.ExitCode == 0 ? "it gave no answer"
                : FormattableString.Invariant($"it ended with exit code {result.ExitCode}") +
                    (LastLine(result.Error) is string line ? ": " + line : ""));
        string problem = environment.Problem ?? $"Its interpreter does not run: {why}.";
        return new(
            environment with { Health = EnvironmentHealth.Broken, Problem = problem }, [],
            new(FailureId.ProbeFailed, $"'{environment.Executable}' did not answer: {why}.", environment,
                $"& '{environment.Executable}' -I -c 'import sysconfig, site'"));
    }

    private static string? LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., string last] ? last : null;

    private static EnvironmentVerification Compared(FileTree files, PythonEnvironment read, Answer said)
    {
        var differences = new List<string>();
        string[] sitePackages =
            said.SitePackages is null ? [.. read.SitePackages] : [.. said.SitePackages.Distinct(StringComparer.Ordinal)];
        Note("Version", said.Version, read.Version);
        Note("Implementation", said.Implementation, read.Implementation);
        Note("Prefix", said.Prefix, read.Prefix);
        Note("BasePrefix", said.BasePrefix, read.BasePrefix);
        Note("StdLib", said.StdLib, read.StdLib);
        Note("Scripts", said.Scripts, read.Scripts);
        // Isolated, an interpreter may name fewer folders than it uses (Fedora's site.py leaves out /usr/local), never
        // others.
        if (sitePackages.Except(read.SitePackages, StringComparer.Ordinal).Any())
        {
            Note("SitePackages", string.Join(", ", sitePackages), string.Join(", ", read.SitePackages));
        }
        Note("IsVirtual", said.IsVirtual.ToString(), read.IsVirtual.ToString());
        if (differences.Count == 0)
        {
            return new(read, differences, null);
        }
        string? marker = said.IsVirtual ? null : Markers.MarkerFile.Find(files, said.StdLib);
        string? pip = ImportedPip.Version(files, sitePackages);
        return new(
            read with
            {
                Version = said.Version,
                VersionInfo = InterpreterVersion.Numbers(said.Version),
                Implementation = said.Implementation,
                Prefix = said.Prefix,
                BasePrefix = said.BasePrefix,
                StdLib = said.StdLib,
                Scripts = said.Scripts,
                SitePackages = sitePackages,
                IsVirtual = said.IsVirtual,
                MarkerPath = marker,
                IsExternallyManaged = marker is not null,
                PipVersion = pip,
                PipEnforces = ImportedPip.Enforces(pip),
                Problem = string.Join(" ", (string?[])[read.Problem,
                    "Its interpreter says otherwise than its files: " + string.Join("; ", differences) + "."]).Trim(),
            },
            differences, null);

        void Note(string name, string said, string? read)
        {
            if (!string.Equals(said, read, StringComparison.Ordinal))
            {
                differences.Add($"{name} is {said} (files: {read ?? "unknown"})");
            }
        }
    }

    internal sealed record Answer(
        string Version, string Implementation, string Prefix, string BasePrefix, string StdLib, string Scripts, string[]? SitePackages,
        bool IsVirtual);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EnvironmentVerifier.Answer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
