namespace Pep668.Machines.Staging;

/// <summary>Folders that were moved, so that they can be moved back.</summary>
internal sealed class MoveList : IDisposable
{
    private readonly List<(OpenFolder From, OpenFolder To, (string Old, string New) Names)> _moves = [];
    private readonly List<OpenFolder> _open = [];

    /// <summary>Keeps a folder open until the moves cannot be undone anymore.</summary>
    internal OpenFolder? Keep(OpenFolder? folder)
    {
        if (folder is not null)
        {
            _open.Add(folder);
        }
        return folder;
    }

    /// <summary>Moves a folder to a name that nothing has.</summary>
    /// <exception cref="IOException">It could not be moved.</exception>
    internal void Move(OpenFolder from, string name, OpenFolder to, string newName)
    {
        if (!from.Move(name, to, newName))
        {
            throw new IOException($"'{Path.Combine(to.FullName, newName)}' exists already.");
        }
        _moves.Add((from, to, (name, newName)));
    }

    /// <summary>Moves all back, the last one first.</summary>
    /// <returns>Whether each is where it was.</returns>
    internal bool TryUndo()
    {
        bool isComplete = true;
        foreach ((OpenFolder from, OpenFolder to, (string old, string @new)) in Enumerable.Reverse(_moves))
        {
            try
            {
                isComplete &= to.Move(@new, from, old);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                isComplete = false;
            }
        }
        _moves.Clear();
        return isComplete;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (OpenFolder folder in _open)
        {
            folder.Dispose();
        }
    }
}
