using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;

namespace Pep668.Pip.Planning;

/// <summary>Where an install would write distributions.</summary>
/// <param name="Folders">The folders, which need not exist, the most likely first.</param>
internal sealed record PlannedDestination(IReadOnlyList<string> Folders)
{
    /// <summary>Whether it is the user's own folder.</summary>
    internal bool IsUser { get; private init; }

    /// <summary>Whether the environment does not import from it.</summary>
    internal bool IsElsewhere { get; private init; }

    /// <summary>Finds it, as pip's <c>decide_user_install</c> and <c>get_scheme</c> do.</summary>
    /// <param name="machine">Whose variables, files and permissions decide.</param>
    /// <param name="rules">The request, as pip or uv reads it.</param>
    /// <param name="program">What would run.</param>
    internal static PlannedDestination Find(Machine machine, ToolRules rules, PipProgram program)
    {
        if (OtherDestination.Find(machine, rules.Request, program) is OtherDestination other)
        {
            return new(other.Folders) { IsElsewhere = true };
        }
        PythonEnvironment environment = rules.Environment;
        string? userSite = UserSite.Find(machine, environment);
        InstallDestination[] places = [.. rules.Places.Where(one => one.HasModules)];
        if (places.Length > 0)
        {
            return new([.. InstallDestination.Written(places, environment, rules.CurrentDirectory, rules.User is null ? null : userSite)
                .Where(one => !one.IsScripts).Select(one => one.Path).Where(machine.Files.IsDirectory)]);
        }
        string[] own = [.. environment.SitePackages.Take(1)];
        bool isUser = rules.User is not null || (!rules.RefusesUser && UserSite.Enabled(machine, environment) is not null
            && own is [string folder] && !MayWrite(machine, folder));
        return userSite is not null && isUser ? new([userSite]) { IsUser = true } : new(own);
    }

    /// <summary>Whether a folder of distributions is one of the folders; that of libraries for this architecture
    /// too.</summary>
    internal bool Has(FileTree files, string folder)
    {
        string? real = files.RealPath(folder);
        return Folders.SelectMany(one => (string[])[one, one.Replace("/lib/python", "/lib64/python", StringComparison.Ordinal)])
            .Any(one => string.Equals(one, folder, StringComparison.Ordinal)
                || (real is not null && string.Equals(files.RealPath(one), real, StringComparison.Ordinal)));
    }

    // A folder that does not exist is created (test_writable_dir).
    private static bool MayWrite(Machine machine, string folder)
    {
        string? at = folder;
        while (at is not null && machine.Files.Stat(at).Kind == FileKind.Missing)
        {
            at = Path.GetDirectoryName(at);
        }
        return at is null || machine.Files.MayWrite(at, machine.UserId);
    }
}
