using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Packages;

namespace Pep668.Venvs.Removal;

/// <summary>
/// Removes virtual environments. The folder of one is moved aside atomically and deleted there. Where it cannot be
/// moved, its content is deleted, <c>pyvenv.cfg</c> last, so that what is left is recognized as an environment.
/// </summary>
/// <param name="machine">The machine of the session.</param>
internal sealed class VenvRemover(Machine machine)
{
    private FileTree Files => machine.Files;

    /// <summary>Determines whether an environment can be removed, without changing anything.</summary>
    /// <param name="environment">The environment, read just now.</param>
    /// <param name="activity">Whether it is active in the session.</param>
    /// <param name="force">Whether it is removed although it is active, with other files in its folder, or although
    /// pipx or uv manages it.</param>
    public Outcome<VenvRemoval> Prepare(PythonEnvironment environment, VenvActivity activity, bool force)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (WhyNotNamed(environment) is Failure refusal)
        {
            return refusal;
        }
        using OpenFolder? parent = OpenFolder.TryOpen(Path.GetDirectoryName(environment.Prefix) ?? environment.Prefix);
        if (parent is null || VenvFolder.Read(parent, Path.GetFileName(environment.Prefix)) is not VenvFolder folder)
        {
            return RemovalMessages.Denied(environment, environment.Prefix);
        }
        Failure? failure = !folder.IsVenv ? RemovalMessages.NoConfig(environment.Prefix) with { Target = environment }
            : !force && WhyManaged(environment) is Failure managed ? managed
            : folder.Others.Count > 0 && !force ? RemovalMessages.OtherFiles(environment, folder.Others)
            : activity != VenvActivity.None && !force ? RemovalMessages.Active(environment, activity == VenvActivity.Entered)
            : WhyNotDeletable(environment);
        return failure is null
            ? Outcome.Success(new VenvRemoval(environment, folder, force), notices: [.. Notices(environment)])
            : failure;
    }

    /// <summary>Removes what was prepared.</summary>
    /// <param name="removal">What to remove.</param>
    /// <param name="cancellation">Stops it before the folder is moved; nothing was removed then.</param>
    /// <exception cref="OperationCanceledException">It was stopped; nothing was removed.</exception>
    public VenvRemovalResult Remove(VenvRemoval removal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(removal);
        PythonEnvironment environment = removal.Environment;
        StagedFolder.Recover(environment.Prefix);
        if (!EnvironmentLock.Take(machine, environment, TimeSpan.Zero, RemovalMessages.Remove(environment), _ => { }, cancellation)
            .TryGet(out EnvironmentLock? hold, out Failure? busy))
        {
            return new(IsRemoved: false, busy);
        }
        using (hold)
        {
            VenvRemovalResult? result = null;
            try
            {
                if (HostPlatform.IsWindows)
                {
                    // A folder is not renamed there while a file in it is open.
                    Release(hold, isRemoved: false);
                }
                cancellation.ThrowIfCancellationRequested();
                result = RemoveNow(removal);
                return result;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return new(
                    IsRemoved: false, RemovalMessages.NotRemoved(environment, WriteProblem.Describe(error, environment.Prefix), error));
            }
            finally
            {
                if (!HostPlatform.IsWindows)
                {
                    Release(hold, result?.IsRemoved == true);
                }
            }
        }
    }

    // An environment that remains keeps the note of an interrupted install.
    private static void Release(EnvironmentLock hold, bool isRemoved)
    {
        if (isRemoved || hold.Left is null)
        {
            hold.Clear();
        }
        hold.Dispose();
    }

    private static VenvRemovalResult RemoveNow(VenvRemoval removal)
    {
        PythonEnvironment environment = removal.Environment;
        string name = Path.GetFileName(environment.Prefix);
        using var parent = OpenFolder.Open(Path.GetDirectoryName(environment.Prefix)!);
        bool MayGo(OpenFolder folder, string called) => removal.Folder.IsSame(VenvFolder.Read(folder, called), removal.Force);
        if (!MayGo(parent, name))
        {
            return new(IsRemoved: false, RemovalMessages.Changed(environment));
        }
        RemovedFolder? removed;
        try
        {
            removed = RemovedFolder.TryTake(parent, name, MayGo);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && !HostPlatform.IsWindows && MayGo(parent, name))
        {
            // It is the root of a file system, or its parent folder is another user's, or the disk is full.
            return DeleteContent(removal, parent, name, error);
        }
        if (removed is null)
        {
            return new(IsRemoved: false, RemovalMessages.Changed(environment));
        }
        using (removed)
        {
            try
            {
                removed.Delete();
                return new(IsRemoved: true, null, RemovalMessages.Removed(environment.Prefix));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return new(IsRemoved: true, RemovalMessages.FilesLeft(
                    environment, removed.FullName, WriteProblem.Describe(error, environment.Prefix), error));
            }
        }
    }

    /// <summary>Deletes what is in a folder that cannot be moved, then the folder itself if that is possible.</summary>
    /// <param name="removal">What to remove.</param>
    /// <param name="parent">The open folder that it is in.</param>
    /// <param name="name">Its name.</param>
    /// <param name="whyNotMoved">Why it cannot be moved.</param>
    internal static VenvRemovalResult DeleteContent(VenvRemoval removal, OpenFolder parent, string name, Exception whyNotMoved)
    {
        PythonEnvironment environment = removal.Environment;
        using OpenFolder folder = parent.OpenChild(name);
        if (!folder.Stat().IsSameFile(removal.Folder.Entry) || folder.List() is not IReadOnlyList<DirectoryItem> items)
        {
            return new(IsRemoved: false, RemovalMessages.Changed(environment));
        }
        string reason = WriteProblem.Describe(whyNotMoved, environment.Prefix), note = RemovalMessages.InPlace(environment.Prefix, reason);
        try
        {
            foreach (DirectoryItem item in items.OrderBy(item => item.Kind == FileKind.Directory)
                .Where(item => item.Name is not PyVenvConfigFile.FileName))
            {
                folder.DeleteTree(item.Name);
            }
            folder.DeleteFile(PyVenvConfigFile.FileName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string[] left = [.. (folder.List() ?? []).Select(item => item.Name).Order(StringComparer.Ordinal)];
            string why = WriteProblem.Describe(error, environment.Prefix);
            return new(IsRemoved: false, left.Length == items.Count
                ? RemovalMessages.NotRemoved(environment, why, error)
                : RemovalMessages.ContentLeft(environment, left, why, error), note);
        }
        return parent.TryRemoveFolder(name)
            ? new(IsRemoved: true, null, note, RemovalMessages.Removed(environment.Prefix))
            : new(IsRemoved: true, RemovalMessages.FolderLeft(environment, reason, whyNotMoved), note);
    }

    // Why what the user named is not removed, whatever it contains.
    private Failure? WhyNotNamed(PythonEnvironment environment) =>
        environment.Root is not null ? RemovalMessages.BelowRoot(environment)
        : !environment.IsVirtual ? RemovalMessages.NotVirtual(environment)
        : environment.NamedBy is string file ? RemovalMessages.File(environment, file)
        : LinkTo(environment) is string link ? RemovalMessages.Link(environment, link)
        : environment.NamedPath is string path && !IsWhereNamed(environment, path) ? RemovalMessages.ForeignLink(environment, path)
        : HomeIn(environment.Prefix) is string home ? RemovalMessages.ContainsHome(environment, home)
        : null;

    private Failure? WhyNotDeletable(PythonEnvironment environment)
    {
        foreach (string path in InstallNote.Places(machine, environment))
        {
            if (InstallNote.Read(machine, environment, path, Files.ReadText(path)) is InstallNote note
                && EnvironmentLock.IsTaken(path, note))
            {
                return PackageMessages.Busy(environment, note.What, RemovalMessages.Remove(environment));
            }
        }
        return DeletionObstacle.Find(machine, environment.Prefix) is not DeletionObstacle obstacle ? null
            : obstacle.IsMounted ? RemovalMessages.Mounted(environment, obstacle.Folder)
            : RemovalMessages.Denied(environment, obstacle.Folder);
    }

    // The link in the given path that leads to the environment's folder, or to its commands from another folder.
    // Remove-Item removes a link and not what it leads to; links further above are not those of an environment.
    private string? LinkTo(PythonEnvironment environment)
    {
        string? path = environment.NamedPath is string named ? Path.TrimEndingDirectorySeparator(named) : null;
        string scripts = environment.Scripts ?? environment.Prefix;
        for (int level = 0; level < 3 && path is not null; level++, path = Path.GetDirectoryName(path))
        {
            if (Files.LinkStat(path).Kind == FileKind.Link && (Files.IsSame(path, environment.Prefix)
                || (Files.IsSame(path, scripts) && !Files.IsSame(Path.GetDirectoryName(path)!, environment.Prefix))))
            {
                return path;
            }
        }
        return null;
    }

    // Its folder was resolved when it was read: a link of another user may have led out of the folders of that user.
    private static bool IsWhereNamed(PythonEnvironment environment, string path) =>
        OpenFolder.IsSame(path, environment.Prefix)
        || (Path.GetDirectoryName(path) is string folder && environment.Scripts is string scripts && OpenFolder.IsSame(folder, scripts));

    private string? HomeIn(string prefix)
    {
        string below = prefix[^1] == Path.DirectorySeparatorChar ? prefix : prefix + Path.DirectorySeparatorChar;
        return machine.Homes().Select(home => Files.RealPath(home) ?? home)
            .FirstOrDefault(home => (home + Path.DirectorySeparatorChar).StartsWith(below, HostPlatform.PathComparison));
    }

    // pipx keeps links to the commands of an application in another folder, and so does uv.
    private PythonApplicationInstaller? ApplicationOf(PythonEnvironment environment) =>
        Files.IsFile(Path.Combine(environment.Prefix, "pipx_metadata.json")) ? PythonApplicationInstaller.Pipx
        : Files.IsFile(Path.Combine(environment.Prefix, "uv-receipt.toml")) ? PythonApplicationInstaller.Uv
        : null;

    private Failure? WhyManaged(PythonEnvironment environment) =>
        ApplicationOf(environment) is PythonApplicationInstaller installer ? RemovalMessages.Application(environment, installer)
        : environment.Manager == PythonManager.Pipx ? RemovalMessages.SharedByApplications(environment)
        : null;

    private IEnumerable<Notice> Notices(PythonEnvironment environment) =>
        ApplicationOf(environment) is not PythonApplicationInstaller installer ? []
        : [installer == PythonApplicationInstaller.Pipx ? RemovalMessages.ManagedByPipx(environment)
            : RemovalMessages.ManagedByUv(environment)];
}
