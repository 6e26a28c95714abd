using Pep668.Machines;
using Pep668.Packages;
using Pep668.Requirements;

namespace Pep668.Pip.Applications;

/// <summary>An application with what is needed to change it.</summary>
internal sealed record InstalledApplication
{
    /// <summary>The application as users see it.</summary>
    public required PythonApplication Application { get; init; }

    /// <summary>The distribution that it was installed from.</summary>
    public required string Package { get; init; }

    /// <summary>What the user of pipx appended to the names of the application and its commands.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>The file in which its installer recorded it.</summary>
    public required ApplicationRecord Record { get; init; }

    /// <summary>The home of pipx, or uv's folder of tools.</summary>
    public required string Home { get; init; }

    /// <summary>The folder that its installer puts commands into; null if that is not known.</summary>
    public string? CommandFolder { get; init; }

    /// <summary>Whether it is one for all users (<c>pipx --global</c>).</summary>
    public bool IsGlobal { get; init; }

    /// <summary>The requirements that uv needs to install it again: its own first, then those of <c>--with</c>. pipx
    /// reads them itself.</summary>
    public IReadOnlyList<string> Requirements { get; init; } = [];

    /// <summary>Its commands.</summary>
    public IReadOnlyList<ExposedCommand> Commands { get; init; } = [];

    /// <summary>Its name.</summary>
    internal string Name => Application.Name;

    /// <summary>The name by which it is compared.</summary>
    internal string Key => NormalizedName.Normalize(Application.Name);

    /// <summary>Its environment.</summary>
    internal PythonEnvironment Environment => Application.Environment;

    /// <summary>What is installed in its environment now.</summary>
    internal InstalledDistributions Distributions(FileTree files) => InstalledDistributions.Read(files, Environment);

    /// <summary>Completes one with what is the same for all installers.</summary>
    /// <param name="machine">Where it is.</param>
    /// <param name="application">What its installer recorded; its version is used if no file contains another
    /// one.</param>
    internal static InstalledApplication Complete(Machine machine, InstalledApplication application) => application with
    {
        Application = application.Application with
        {
            Version = VersionOf(machine.Files, application) ?? application.Application.Version,
            Commands = [.. application.Commands.Select(command => command.Name)],
            OnPath = application.Commands.Count > 0
                && application.Commands.All(command => command.FoundInstead(machine, out bool isFound) is null && isFound),
        },
    };

    // pipx runpip and others change an environment without the knowledge of its installer.
    private static string? VersionOf(FileTree files, InstalledApplication application)
    {
        string key = NormalizedName.Normalize(application.Package);
        foreach (string folder in application.Environment.SitePackages)
        {
            if (InstalledDistributions.NamesIn(files, folder)
                .FirstOrDefault(name => string.Equals(NormalizedName.Normalize(name.Name), key, StringComparison.Ordinal))
                is DistInfoName found && InstalledMetadata.Read(files, folder, found.Folder) is { Version.Length: > 0 } one)
            {
                return one.Version;
            }
        }
        return null;
    }
}
