using Pep668.Distros;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Settings;

namespace Pep668.Pip.Requests;

/// <summary>What does the work of pip.</summary>
internal enum PipProgramKind
{
    /// <summary>The environment's own pip.</summary>
    EnvironmentPip,

    /// <summary>The wheel of pip that its Python bundles for <c>ensurepip</c>, run in place by that Python.</summary>
    BundledPip,

    /// <summary>uv.</summary>
    Uv,
}

/// <summary>How pip is started for an environment, or uv in its place.</summary>
internal sealed record PipProgram
{
    private PipProgram(PipProgramKind kind, string executable, IReadOnlyList<string> start, string? version) =>
        (Kind, Executable, Start, Version) = (kind, executable, start, version);

    /// <summary>What it is.</summary>
    public PipProgramKind Kind { get; }

    /// <summary>The file that is run.</summary>
    public string Executable { get; }

    /// <summary>The arguments before the command.</summary>
    public IReadOnlyList<string> Start { get; }

    /// <summary>The version of pip; null for uv, which is not asked.</summary>
    public string? Version { get; }

    /// <summary>The wheel that serves as pip.</summary>
    internal string? Wheel { get; private init; }

    internal bool IsUv => Kind == PipProgramKind.Uv;

    internal PipRelease Release => PipRelease.Parse(Version);

    /// <summary>The pip of some version, to judge what it would do; not to be run.</summary>
    internal static PipProgram OfVersion(string? version) => new(PipProgramKind.EnvironmentPip, "", [], version);

    /// <summary>The same one, which cannot run code of packages. uv has an option for that instead.</summary>
    internal PipProgram WithoutBuilds() => IsUv ? this : new(Kind, Executable,
        PipStart.Guarded(Kind == PipProgramKind.BundledPip ? Start[0] : null), Version) { Wheel = Wheel };

    /// <summary>The program in words.</summary>
    public override string ToString() => IsUv ? "uv" : $"pip {Version}";

    /// <summary>Chooses one, or says what is missing.</summary>
    public static Outcome<PipProgram> Choose(Machine machine, PipRequest request)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(request);
        PythonEnvironment environment = request.Environment;
        PipProgram? program = request.Installer == PipInstaller.Uv ? null : Own(machine, environment) ?? Bundled(machine, environment);
        program ??= request.Installer == PipInstaller.Pip ? null : Uv(machine);
        return program is not null ? program
            : request.Installer == PipInstaller.Uv ? RequestMessages.NoUv(request)
            : RequestMessages.NoPip(environment, triedUv: request.Installer == PipInstaller.Auto, NoPip(machine, environment));
    }

    private static PipProgram? Own(Machine machine, PythonEnvironment environment) =>
        (ImportedPip.Version(machine.Files, UserSite.Folders(machine, environment)) ?? ImportedPip.OfExtended(machine.Files, environment))
            is string version
            ? new(PipProgramKind.EnvironmentPip, environment.Executable, PipStart.Arguments(environment, PipRelease.Parse(version)),
                version)
            : null;

    private static PipProgram? Bundled(Machine machine, PythonEnvironment environment)
    {
        // The distribution's folder of wheels belongs to the distribution's Python.
        if (environment.StdLib is not string stdlib
            || BundledWheels.Find(machine.Files, environment)?.Wheels.FirstOrDefault(
                path => Path.GetFileName(path).StartsWith("pip-", StringComparison.Ordinal)) is not string wheel
            || (!wheel.StartsWith(stdlib, StringComparison.Ordinal) && !stdlib.StartsWith("/usr/lib", StringComparison.Ordinal)))
        {
            return null;
        }
        return new(PipProgramKind.BundledPip, environment.Executable, [Path.Combine(wheel, "pip")],
            Path.GetFileName(wheel).Split('-')[1]) { Wheel = wheel };
    }

    private static PipProgram? Uv(Machine machine) =>
        UserProgram.Find(machine, "uv", machine.SearchPath()) is string uv ? new(PipProgramKind.Uv, uv, ["pip"], null) : null;

    private static IReadOnlyList<Remedy> NoPip(Machine machine, PythonEnvironment environment) =>
        environment.IsVirtual ? CommonRemedies.RepairVenv(environment)
        : environment.StdLib is string stdlib && machine.Files.IsDirectory(Path.Combine(stdlib, "ensurepip"))
            ? [new("installs pip", new ProgramStep(environment.Executable, "-m", "ensurepip"))]
        : MissingPartPackages.Pip(machine, environment, BundledWheels.FolderOf(machine.Files, environment));
}
