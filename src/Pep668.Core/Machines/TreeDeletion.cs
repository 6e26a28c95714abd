namespace Pep668.Machines;

/// <summary>Deletes folders with everything in them.</summary>
internal static class TreeDeletion
{
    // Deeper folders are moved up first, so that neither descriptors nor the stack can be exhausted.
    private const int MaximumDepth = 32;

    /// <summary>Deletes what has a name in an open folder.</summary>
    internal static void Delete(OpenFolder folder, string name)
    {
        if (folder.Stat(name).Kind != FileKind.Directory)
        {
            folder.DeleteFile(name);
            return;
        }
        using (OpenFolder top = folder.OpenChild(name))
        {
            while (Empty(top, top, 1))
            {
                // Those that were moved into it are deleted in the next pass.
            }
        }
        Remove(folder, name);
    }

    // Returns whether folders were moved from it to the top.
    private static bool Empty(OpenFolder folder, OpenFolder top, int depth)
    {
        bool hasMoved = false;
        foreach (DirectoryItem item in folder.List() ?? [])
        {
            if (item.Kind != FileKind.Directory)
            {
                folder.DeleteFile(item.Name);
                continue;
            }
            if (depth == MaximumDepth && folder.Move(item.Name, top, UnusedName.New()))
            {
                hasMoved = true;
                continue;
            }
            using (OpenFolder child = folder.OpenChild(item.Name))
            {
                if (child.Stat().Device != top.Stat().Device)
                {
                    throw new IOException($"'{child.FullName}' is the root of another file system.");
                }
                hasMoved |= Empty(child, top, depth + 1);
            }
            Remove(folder, item.Name);
        }
        return hasMoved;
    }

    private static void Remove(OpenFolder folder, string name)
    {
        if (!folder.TryRemoveFolder(name) && folder.Stat(name).Kind != FileKind.Missing)
        {
            throw new IOException($"'{Path.Combine(folder.FullName, name)}' could not be deleted.");
        }
    }
}
