using System.Text;
using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Packages;

namespace Pep668.Venvs.Creation;

/// <summary>What exists where an environment is created.</summary>
internal sealed class VenvTarget(Machine machine, VenvRequest request)
{
    private const int LongestName = 255; // NAME_MAX of Linux and macOS, in bytes

    // What the tools that create environments, and packages, write at the top of one.
    private static readonly HashSet<string> Usual = new(
        [
            "bin", "include", "lib", "lib64", "local", "share", "etc", "man", "doc", "var", "Scripts", "Include", "Lib", "DLLs", "tcl",
            "pyvenv.cfg", ".gitignore",
            "CACHEDIR.TAG", ".lock", ".project", ".pdm-python", "pip-selfcheck.json", InstallNote.FileName,
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The path without a link at its end: the target of the link is used, unless another user decided that it
    /// leads to a folder that is not theirs.</summary>
    internal static string ResolveLink(FileTree files, string path)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        return files.LinkStat(path).Kind == FileKind.Link && files.RealPath(path) is string real && OpenFolder.IsSame(path, real)
            ? real : path;
    }

    /// <summary>Whether the tools that create environments, packages or this product write something of that name at
    /// the top of an environment.</summary>
    internal static bool IsUsual(string name) => Usual.Contains(name) || StagingName.IsName(name);

    /// <summary>The existing environment that works and matches the request; null if reuse was not requested or no
    /// environment matches.</summary>
    internal PythonEnvironment? Reusable() => request.Reuse && WhyNotReusable(out PythonEnvironment? found) is null ? found : null;

    /// <summary>Why nothing can be created there; null if it can.</summary>
    /// <param name="canCreate">Whether an environment could be created in another folder: else no remedy creates
    /// one.</param>
    internal Failure? Refusal(bool canCreate)
    {
        if (machine.Files.LinkStat(request.Path).Kind == FileKind.Missing || IsEmpty(machine.Files, request.Path))
        {
            return null;
        }
        string? obstacle = WhyNotReplaceable(request.Path);
        if (request.Replace)
        {
            return obstacle is null ? null : NotReplaceable(obstacle, Remedies(canCreate, mayReplace: false));
        }
        IReadOnlyList<Remedy> remedies = Remedies(canCreate, mayReplace: obstacle is null);
        return request.Reuse && IsVenv && WhyNotReusable(out _) is string mismatch ? VenvMessages.Mismatch(request.Path, mismatch, remedies)
            : obstacle is not null ? NotReplaceable(obstacle, remedies)
            : VenvMessages.Exists(request.Path, IsVenv, remedies);
    }

    /// <summary>That something was created there since the request was prepared.</summary>
    internal Failure Lost() => WhyNotReplaceable(request.Path) is string obstacle
        ? NotReplaceable(obstacle, Remedies(canCreate: true, mayReplace: false))
        : VenvMessages.CreatedByAnother(request.Path, Remedies(canCreate: true, mayReplace: true));

    /// <summary>Whether a folder with a <c>pyvenv.cfg</c> is an environment, perhaps a broken one: it has an
    /// interpreter or packages, or nothing in it has another origin, so that it can be replaced and removed.</summary>
    internal static bool IsEnvironment(FileTree files, PythonEnvironment found) =>
        found.Health == EnvironmentHealth.Healthy || InterpreterFolder.ExecutableIn(files, found.Prefix) is not null
        || found.SitePackages.Count > 0 || WhyNotReplaceable(found.Prefix) is null;

    /// <summary>Whether a folder with nothing in it is at a path: an environment takes its place.</summary>
    internal static bool IsEmpty(FileTree files, string path) =>
        files.LinkStat(path).Kind == FileKind.Directory && files.TryList(path) is { Count: 0 };

    /// <summary>The same for a name in an open folder.</summary>
    internal static bool IsEmpty(OpenFolder parent, string name) =>
        parent.Stat(name).Kind == FileKind.Directory && Items(parent, name) is [];

    /// <summary>Why what is in a folder is never replaced: it contains the user's own files. Null for a virtual
    /// environment and for an empty folder.</summary>
    /// <param name="parent">The open folder that it is in.</param>
    /// <param name="name">Its name.</param>
    internal static string? WhyNotReplaceable(OpenFolder parent, string name)
    {
        if (parent.Stat(name).Kind != FileKind.Directory)
        {
            return VenvMessages.NotAFolder();
        }
        if (Items(parent, name) is not IReadOnlyList<DirectoryItem> items)
        {
            return VenvMessages.Unreadable();
        }
        string[] others = [.. items.Select(item => item.Name).Where(item => !IsUsual(item)).Order(StringComparer.Ordinal)];
        return items.Count == 0 ? null
            : !items.Any(item => item is { Kind: FileKind.File, Name: PyVenvConfigFile.FileName }) ? VenvMessages.NotAVenv()
            : others.Length > 0 ? VenvMessages.OtherFiles(others)
            : null;
    }

    private static IReadOnlyList<DirectoryItem>? Items(OpenFolder parent, string name)
    {
        try
        {
            using OpenFolder folder = parent.OpenChild(name);
            return folder.List();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The same for a path.</summary>
    internal static string? WhyNotReplaceable(string path)
    {
        using OpenFolder? parent = OpenFolder.TryOpen(Path.GetDirectoryName(path) ?? path);
        return parent is null ? VenvMessages.Unreadable() : WhyNotReplaceable(parent, Path.GetFileName(path));
    }

    /// <summary>A path beside another one where nothing exists; null if that is taken too.</summary>
    internal static string? FreePath(FileTree files, string path) =>
        IsFree(files, path + "2") ? path + "2" : null;

    /// <summary>Whether nothing exists at a path, and a folder can have that name.</summary>
    internal static bool IsFree(FileTree files, string path) =>
        Encoding.UTF8.GetByteCount(Path.GetFileName(path)) <= LongestName && files.LinkStat(path).Kind == FileKind.Missing;

    private Failure NotReplaceable(string obstacle, IReadOnlyList<Remedy> remedies) =>
        machine.Files.ReadLink(request.Path) is string target && machine.Files.Stat(request.Path).Kind == FileKind.Missing
            ? VenvMessages.DanglingLink(request.Path, target, remedies)
            : VenvMessages.NotReplaceable(request.Path, obstacle, remedies);

    private bool IsVenv => machine.Files.IsFile(Path.Combine(request.Path, PyVenvConfigFile.FileName));

    // One of another operating system may be in use there.
    private bool IsForeign =>
        new EnvironmentCatalog(machine).ReadOne(request.Path).Environment?.Config?.MadeOn is not null;

    private List<Remedy> Remedies(bool canCreate, bool mayReplace)
    {
        var remedies = new List<Remedy>();
        if (!request.Reuse && WhyNotReusable(out _) is null)
        {
            remedies.Add(VenvMessages.Reuse((request with { Replace = false, Reuse = true }).ToStep()));
        }
        if (canCreate && mayReplace && !IsForeign)
        {
            remedies.Add(VenvMessages.Replace((request with { Replace = true }).ToStep(), IsVenv));
        }
        if (canCreate && FreePath(machine.Files, request.Path) is string free)
        {
            remedies.Add(VenvMessages.OtherPath((request with { Path = free, Replace = false, Reuse = false }).ToStep()));
        }
        return remedies;
    }

    // What is different from the request; null if it matches.
    private string? WhyNotReusable(out PythonEnvironment? found)
    {
        found = new EnvironmentCatalog(machine).ReadOne(request.Path).Environment;
        PythonEnvironment python = request.Python;
        return found is not { IsVirtual: true } ? VenvMessages.MismatchOfKind()
            : found.Health == EnvironmentHealth.Broken ? VenvMessages.MismatchOfHealth(found.Problem!)
            : !string.Equals(found.StdLib, python.StdLib, StringComparison.Ordinal) ? VenvMessages.MismatchOfPython(found, python)
            : found.IncludeSystemSitePackages != request.SystemSitePackages
                ? VenvMessages.MismatchOfSystemSitePackages(request.SystemSitePackages)
            : !request.WithoutPip && found.PipVersion is null ? VenvMessages.MismatchOfPip()
            : request.Prompt is not null && !string.Equals(found.Config?.Prompt, request.Prompt, StringComparison.Ordinal)
                ? VenvMessages.MismatchOfPrompt()
            : null;
    }
}
