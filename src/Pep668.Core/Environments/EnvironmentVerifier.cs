using System.Text.Json;
using System.Text.Json.Serialization;
using Pep668.Machines;
using Pep668.Markers;

namespace Pep668.Environments;

/// <summary>An environment as its interpreter described it, and what that changed.</summary>
/// <param name="Environment">The corrected environment.</param>
/// <param name="Differences">The properties that the files gave differently; empty if they agreed.</param>
/// <param name="Failure">Why the interpreter did not answer; null if it did.</param>
internal sealed record EnvironmentVerification(PythonEnvironment Environment, IReadOnlyList<string> Differences, Failure? Failure);

/// <summary>
/// Runs an interpreter and compares its answer with its files: isolated (<c>-I</c>; <c>-E -s</c> for Python
/// 2), from an empty folder, with a time limit. Site stays on, since a virtual environment is only one with it:
/// <c>.pth</c> files and <c>sitecustomize</c> of that environment run.
/// </summary>
internal static class EnvironmentVerifier
{
    /// <summary>How long an interpreter may take to answer.</summary>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromSeconds(30);

    private const string Mark = "pep668-answer:";

    private const int MostTries = 16;

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
    /// <param name="environment">What its files contain.</param>
    /// <param name="cancellation">Ends the interpreter.</param>
    public static EnvironmentVerification Verify(FileTree files, PythonEnvironment environment, CancellationToken cancellation)
    {
        if (!files.IsFile(environment.Executable))
        {
            return Failed(environment, EnvironmentMessages.Missing(), exists: false);
        }
        if (TemporaryFolder.TryCreate(out string? problem) is not TemporaryFolder folder)
        {
            return new(environment, [], EnvironmentMessages.NotVerified(environment, problem!, exists: true));
        }
        using TemporaryFolder temporary = folder;
        ProcessResult result = ProcessRunner.Run(
            environment.Executable, [.. EnvironmentMessages.Isolated(environment), "-c", Script], folder.FullName,
            name => name.StartsWith("PYTHON", StringComparison.OrdinalIgnoreCase) || name is "__PYVENV_LAUNCHER__", TimeLimit,
            cancellation);
        return result.ExitCode == 0 && ReadAnswer(result.Output) is Answer answer ? Compared(files, environment, answer)
            : Failed(environment, result.Problem ?? EnvironmentMessages.NoAnswer(result.ExitCode ?? 0, LastLine(result.Error)),
                exists: true);
    }

    /// <summary>The last line with a complete answer: what <c>.pth</c> files print is before it, and what is
    /// printed at exit behind it. Null without one.</summary>
    internal static Answer? ReadAnswer(string output)
    {
        int at = output.Length;
        for (int tries = 0; tries < MostTries && at > 0 && (at = output.LastIndexOf(Mark, at - 1, StringComparison.Ordinal)) >= 0; tries++)
        {
            ReadOnlySpan<char> line = output.AsSpan(at + Mark.Length);
            int end = line.IndexOf('\n');
            try
            {
                if (JsonSerializer.Deserialize(end < 0 ? line : line[..end],
                    AnswerJson.Default.Answer) is Answer { IsComplete: true } answer)
                {
                    return answer;
                }
            }
            catch (JsonException)
            {
                continue;
            }
        }
        return null;
    }

    private static EnvironmentVerification Failed(PythonEnvironment environment, string reason, bool exists) => new(
        environment with
        {
            Health = EnvironmentHealth.Broken,
            Problem = environment.Problem ?? EnvironmentMessages.DoesNotRun(reason.TrimEnd('.')),
        },
        [], EnvironmentMessages.NotVerified(environment, reason.TrimEnd('.'), exists));

    private static string? LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., string last] ? last : null;

    private static EnvironmentVerification Compared(FileTree files, PythonEnvironment read, Answer answer)
    {
        var differences = new List<string>();
        string[] sitePackages =
            answer.SitePackages is null ? [.. read.SitePackages] : [.. answer.SitePackages.Distinct(HostPlatform.PathComparer)];
        Note("Version", answer.Version, read.Version);
        Note("Implementation", answer.Implementation, read.Implementation);
        Note("Prefix", answer.Prefix, read.Prefix, HostPlatform.PathComparison);
        Note("BasePrefix", answer.BasePrefix, read.BasePrefix, HostPlatform.PathComparison);
        Note("StdLib", answer.StdLib, read.StdLib, HostPlatform.PathComparison);
        Note("Scripts", answer.Scripts, read.Scripts, HostPlatform.PathComparison);
        // An isolated interpreter may report fewer folders than it uses (Fedora's site.py leaves out /usr/local), but
        // no others.
        if (sitePackages.Except(read.SitePackages, HostPlatform.PathComparer).Any())
        {
            Note("SitePackages", string.Join(", ", sitePackages), string.Join(", ", read.SitePackages));
        }
        Note("IsVirtual", answer.IsVirtual.ToString(), read.IsVirtual.ToString());
        if (differences.Count == 0)
        {
            return new(read, differences, null);
        }
        string? marker = answer.IsVirtual ? null : Markers.MarkerFile.Find(files, answer.StdLib);
        string? pip = ImportedPip.Version(files, sitePackages);
        return new(
            read with
            {
                Version = answer.Version,
                VersionInfo = InterpreterVersion.Numbers(answer.Version),
                Implementation = answer.Implementation,
                Prefix = answer.Prefix,
                BasePrefix = answer.BasePrefix,
                StdLib = answer.StdLib,
                Scripts = answer.Scripts,
                SitePackages = sitePackages,
                IsVirtual = answer.IsVirtual,
                MarkerPath = marker,
                IsExternallyManaged = marker is not null,
                PipVersion = pip,
                PipEnforces = ImportedPip.Enforces(pip),
                Problem = string.Join(" ", (string?[])[read.Problem,
                    EnvironmentMessages.DiffersFromFiles(differences)]).Trim(),
            },
            differences, null);

        void Note(string name, string answer, string? files, StringComparison comparison = StringComparison.Ordinal)
        {
            if (!string.Equals(answer, files, comparison))
            {
                differences.Add(EnvironmentMessages.Difference(name, answer, files));
            }
        }
    }

    internal sealed record Answer(
        string Version, string Implementation, string Prefix, string BasePrefix, string StdLib, string Scripts, string[]? SitePackages,
        bool IsVirtual)
    {
        // A null is possible in JSON, whatever the types are.
        internal bool IsComplete => !((string?[])[Version, Implementation, Prefix, BasePrefix, StdLib, Scripts]).Contains(null)
            && SitePackages?.Contains(null) != true;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EnvironmentVerifier.Answer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
