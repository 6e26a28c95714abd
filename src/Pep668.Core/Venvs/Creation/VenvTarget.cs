using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Packages;

namespace Pep668.Venvs.Creation;

/// <summary>What is where an environment is to be made.</summary>
internal sealed class VenvTarget(Machine machine, VenvRequest request)
{
    // What the tools that make environments, and the packages in them, put at the top of one.
    private static readonly HashSet<string> Usual = new(
        [
            "bin", "include", "lib", "lib64", "local", "share", "etc", "man", "doc", "var", "Scripts", "Include", "Lib", "DLLs", "tcl",
            "pyvenv.cfg", ".gitignore",
            "CACHEDIR.TAG", ".lock", ".project", ".pdm-python", "pip-selfcheck.json", InstallNote.FileName,
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The path without a link at its end: the target of the link is used.</summary>
    internal static string ResolveLink(FileTree files, string path)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        return files.LinkStat(path).Kind == FileKind.Link && files.IsDirectory(path) ? files.RealPath(path)! : path;
    }

    /// <summary>The sound environment that exists and fits the request; null when reuse was not asked for or
    /// no environment fits.</summary>
    internal PythonEnvironment? Reusable() => request.Reuse && WhyNotReusable(out PythonEnvironment? found) is null ? found : null;

    /// <summary>Why nothing can be made there; null when it can.</summary>
    internal Failure? Refusal()
    {
        if (machine.Files.LinkStat(request.Path).Kind == FileKind.Missing)
        {
            return null;
        }
        if (WhyNotReplaceable(machine.Files, request.Path) is string foreign)
        {
            return Exists(request.Path, $"'{request.Path}' {foreign}");
        }
        bool isVenv = machine.Files.IsFile(Path.Combine(request.Path, PyVenvConfigFile.FileName));
        return request.Replace ? null
            : request.Reuse && WhyNotReusable(out _) is string reason ? new(
                FailureId.VenvAlreadyExists, $"'{request.Path}' exists, but does not fit: {reason}.", request.Path,
                $"New-PythonVenv '{request.Path}' -Force")
            : new(
                FailureId.VenvAlreadyExists, $"'{request.Path}' exists{(isVenv ? " and is a virtual environment" : "")}.", request.Path,
                isVenv ? $"New-PythonVenv '{request.Path}' -ReuseExisting" : $"New-PythonVenv '{request.Path}' -Force");
    }

    /// <summary>Why what is at a path is never replaced: it is somebody's own. Null for a virtual environment and
    /// for an empty folder.</summary>
    internal static string? WhyNotReplaceable(FileTree files, string path)
    {
        if (files.LinkStat(path).Kind != FileKind.Directory)
        {
            return "exists and is no folder.";
        }
        if (files.TryList(path) is not IReadOnlyList<DirectoryItem> items)
        {
            return "exists and cannot be read: it is not replaced.";
        }
        string[] others = [.. items.Select(item => item.Name).Where(name => !Usual.Contains(name) && !StagingName.IsName(name))
            .Order(StringComparer.Ordinal)];
        return items.Count == 0 ? null
            : !files.IsFile(Path.Combine(path, PyVenvConfigFile.FileName)) ? "exists and is not a virtual environment: it is not replaced."
            : others.Length > 0
                ? $"is a virtual environment, but holds other files too " +
                    $"({string.Join(", ", others.Take(3))}{(others.Length > 3 ? ", …" : "")}): it is not replaced."
            : null;
    }

    /// <summary>That something exists there which is left alone.</summary>
    internal static Failure Exists(string path, string message) =>
        new(FailureId.VenvAlreadyExists, message, path, $"New-PythonVenv '{path}-2'");

    // Why what is there does not fit; null when it does.
    private string? WhyNotReusable(out PythonEnvironment? found)
    {
        found = new EnvironmentCatalog(machine).ReadOne(request.Path).Environment;
        PythonEnvironment python = request.Python;
        return found is not { IsVirtual: true } ? "it is no virtual environment"
            : found.Health == EnvironmentHealth.Broken ? found.Problem!.TrimEnd('.')
            : !string.Equals(found.StdLib, python.StdLib, StringComparison.Ordinal)
                ? $"it is of Python {found.Version} in {found.BasePrefix}, not of {python.Version} in {python.Prefix}"
            : found.IncludeSystemSitePackages != request.SystemSitePackages
                ? (request.SystemSitePackages ? "it does not see the system's distributions" : "it sees the system's distributions")
            : !request.WithoutPip && found.PipVersion is null ? "it has no pip"
            : request.Prompt is not null && !string.Equals(found.Config?.Prompt, request.Prompt, StringComparison.Ordinal)
                ? "its prompt is another"
            : null;
    }
}
