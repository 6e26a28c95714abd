using Pep668.Machines;
using Pep668.Pip.Requests;

namespace Pep668.Pip.Applications;

/// <summary>What is done with an application.</summary>
internal enum ApplicationAction
{
    /// <summary>It is installed.</summary>
    Install,

    /// <summary>It is upgraded to the newest version that its requirement allows.</summary>
    Update,

    /// <summary>It is removed.</summary>
    Uninstall,
}

/// <summary>One run of pipx or uv, which can start.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Installer">Which of the two.</param>
/// <param name="Program">Its file.</param>
internal sealed record ApplicationJob(ApplicationAction Action, PythonApplicationInstaller Installer, string Program)
{
    /// <summary>What is installed; null for an application that exists.</summary>
    public PipTarget? Package { get; init; }

    /// <summary>The application as it is now; null if it is new, or if its name is not known yet.</summary>
    public InstalledApplication? Application { get; init; }

    /// <summary>The Python of a new application; null for the one that its installer uses.</summary>
    public PythonEnvironment? Python { get; init; }

    /// <summary>Whether an existing application is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>The installer that was asked for.</summary>
    public PythonApplicationInstaller Asked { get; init; }

    /// <summary>The same install again.</summary>
    internal ProductStep Again => ApplicationMessages.InstallStep(Subject, Asked, Python, Force);

    /// <summary>The name of what is run.</summary>
    internal string Tool => NameOf(Installer);

    /// <summary>What is installed, updated or removed, for messages.</summary>
    internal string Subject => Package?.Redacted ?? Application!.Name;

    /// <summary>The name of an installer's program.</summary>
    internal static string NameOf(PythonApplicationInstaller installer) => installer == PythonApplicationInstaller.Uv ? "uv" : "pipx";

    /// <summary>Where the program is; null if it was not found. One in an active virtual environment is used only if it
    /// is the only one.</summary>
    internal static string? Find(Machine machine, PythonApplicationInstaller installer)
    {
        string name = NameOf(installer);
        IReadOnlyList<string> all = machine.SearchPath();
        return UserProgram.Find(machine, name, ApplicationCommandLine.SearchPath(machine)) ?? UserProgram.Find(machine, name, all);
    }
}
