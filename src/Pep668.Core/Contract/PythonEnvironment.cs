using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>
/// One Python environment, as its files describe it at the moment of reading. A command that acts on an
/// environment reads them again from <see cref="Executable"/>.
/// </summary>
public sealed record PythonEnvironment
{
    internal PythonEnvironment()
    {
    }

    /// <summary>A short name: the prompt or folder of a virtual environment, the version folder of a manager, else the
    /// interpreter's file name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The kind of environment.</summary>
    public EnvironmentKind Kind { get; internal init; }

    /// <summary>What created it.</summary>
    public PythonManager Manager { get; internal init; }

    /// <summary>The Python language version as PEP 440 writes it (<c>3.11.2</c>, <c>3.14.0rc1</c>); null if no file
    /// contains it.</summary>
    public string? Version { get; internal init; }

    /// <summary>The numbers of <see cref="Version"/>, for comparing and sorting. A pre-release has the numbers of its
    /// final release.</summary>
    public Version? VersionInfo { get; internal init; }

    /// <summary><c>CPython</c>, <c>PyPy</c> or <c>GraalPy</c>, as
    /// <c>platform.python_implementation()</c>.</summary>
    public string Implementation { get; internal init; } = "CPython";

    /// <summary>
    /// The architecture that the interpreter is built for: <c>x86_64</c>, <c>aarch64</c>, <c>x86</c>, <c>arm</c>,
    /// <c>ppc64le</c>, <c>s390x</c>, <c>riscv64</c>, …, or <c>universal2</c> for a macOS file of two; null if it cannot
    /// be read.
    /// </summary>
    public string? Architecture { get; internal init; }

    /// <summary>The interpreter to run. It may be missing where <see cref="Health"/> is
    /// <see cref="EnvironmentHealth.Broken"/>.</summary>
    public string Executable { get; internal init; } = "";

    /// <summary><c>sys.prefix</c>.</summary>
    public string Prefix { get; internal init; } = "";

    /// <summary><c>sys.base_prefix</c>: the prefix of the Python that a virtual environment was created from; null if
    /// it is missing.</summary>
    public string? BasePrefix { get; internal init; }

    /// <summary><c>sysconfig.get_path('stdlib')</c>, where PEP 668 looks for the marker; null if it was not
    /// found.</summary>
    public string? StdLib { get; internal init; }

    /// <summary>
    /// The folders of distributions: first the one that pip installs into (<c>purelib</c>), then the others of
    /// <c>site.getsitepackages()</c>. They need not exist.
    /// </summary>
    public IReadOnlyList<string> SitePackages { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>The folder that pip installs commands into: <c>sysconfig.get_path('scripts')</c>.</summary>
    public string? Scripts { get; internal init; }

    /// <summary>Whether <c>sys.prefix</c> differs from <c>sys.base_prefix</c>: pip's own test for a virtual
    /// environment.</summary>
    public bool IsVirtual { get; internal init; }

    /// <summary>
    /// Whether PEP 668 forbids installers to change it: it is not virtual, and a file <c>EXTERNALLY-MANAGED</c> is
    /// in its stdlib.
    /// </summary>
    public bool IsExternallyManaged { get; internal init; }

    /// <summary>The marker; null if it is missing or, in a virtual environment, without effect.</summary>
    public string? MarkerPath { get; internal init; }

    /// <summary>Whether <c>python3</c> (on Windows <c>python</c>) at the prompt starts this one, with shims
    /// followed.</summary>
    public bool IsDefault { get; internal init; }

    /// <summary>Whether <c>VIRTUAL_ENV</c> or <c>CONDA_PREFIX</c> names it.</summary>
    public bool IsActive { get; internal init; }

    /// <summary>Whether a virtual environment can import the distributions of its base.</summary>
    public bool IncludeSystemSitePackages { get; internal init; }

    /// <summary>The version of the pip that <c>python -m pip</c> would run; null if it is missing.</summary>
    public string? PipVersion { get; internal init; }

    /// <summary>Whether that pip checks PEP 668 at all (23.0 and later); null without pip.</summary>
    public bool? PipEnforces { get; internal init; }

    /// <summary>Whether it can be used.</summary>
    public EnvironmentHealth Health { get; internal init; }

    /// <summary>What is wrong, or how the interpreter differs from its files (<c>-Verify</c>); null if nothing
    /// is.</summary>
    public string? Problem { get; internal init; }

    /// <summary>Other paths that start the same interpreter in the same environment.</summary>
    public IReadOnlyList<string> Aliases { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>
    /// How it was found: <c>Active Upward Given Command Recurse SearchPath UsualFolders PyenvWin Registry</c>, or the
    /// name of a manager.
    /// </summary>
    public IReadOnlyList<string> FoundBy { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>The folder that is used as <c>/</c>; null for this machine.</summary>
    public string? Root { get; internal init; }

    /// <summary>Whether a command to which no environment is named would use it. Only lists set it.</summary>
    [JsonIgnore]
    internal bool IsImplied { get; init; }

    /// <summary>The path by which it was found, with its links; null if it was not read from a path.</summary>
    [JsonIgnore]
    internal string? NamedPath { get; init; }

    /// <summary>The file that names it, such as a file <c>.venv</c>; null if no file does.</summary>
    [JsonIgnore]
    internal string? NamedBy { get; init; }

    /// <summary>Its state in a table, in one word.</summary>
    [JsonIgnore]
    internal string State => EnvironmentState.Describe(
        Health == EnvironmentHealth.Broken, IsActive,
        FoundBy.Contains(Pep668.FoundBy.Upward, StringComparer.Ordinal) || (IsImplied && !IsActive && !IsDefault), IsDefault);

    /// <summary>Whether it is a build without the global interpreter lock (PEP 703), such as <c>3.13t</c>.</summary>
    [JsonIgnore]
    internal bool IsFreeThreaded { get; init; }

    /// <summary>The values of its <c>pyvenv.cfg</c>; null for a base environment.</summary>
    [JsonIgnore]
    internal VenvConfig? Config { get; init; }

    /// <summary>
    /// A text that no other environment below the same root has: of a virtual environment its folder, of an interpreter
    /// its prefix and standard library, which on Windows a free-threaded one shares.
    /// </summary>
    [JsonIgnore]
    internal string Identity
    {
        get
        {
            string identity = IsVirtual ? Prefix : Prefix + '\n' + StdLib + (IsFreeThreaded ? "\nt" : "");
            // Windows does not distinguish C:\Python from c:\python.
            return Prefix is [_, ':', ..] or ['\\', '\\', ..] ? identity.ToUpperInvariant() : identity;
        }
    }

    /// <summary>Whether it is the same environment below the same root, whenever, and through whichever of its paths,
    /// it was read.</summary>
    /// <param name="other">Another reading.</param>
    public bool Equals(PythonEnvironment? other) => other is not null
        && string.Equals(Identity, other.Identity, StringComparison.Ordinal) && string.Equals(Root, other.Root, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Identity);

    /// <summary>The interpreter's path: it represents the environment wherever a text is needed, and names it
    /// again.</summary>
    public override string ToString() => Executable;
}
