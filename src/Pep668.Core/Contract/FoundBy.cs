namespace Pep668;

/// <summary>
/// The values of <see cref="PythonEnvironment.FoundBy"/>, beside the names of the managers whose folders are searched
/// (<see cref="PythonManager"/>).
/// </summary>
internal static class FoundBy
{
    /// <summary>A path that the user gave.</summary>
    internal const string Given = nameof(Given);

    /// <summary>The variables that activation sets.</summary>
    internal const string Active = nameof(Active);

    /// <summary>A <c>.venv</c> in the current folder or in a parent folder.</summary>
    internal const string Upward = nameof(Upward);

    /// <summary>A command, as in <c>Get-PythonEnvironment -Command pip</c>.</summary>
    internal const string Command = nameof(Command);

    /// <summary>A search below folders (<c>-Recurse</c>).</summary>
    internal const string Recurse = nameof(Recurse);

    /// <summary>The folders on PATH.</summary>
    internal const string SearchPath = nameof(SearchPath);

    /// <summary>The folders in which systems keep their interpreters.</summary>
    internal const string UsualFolders = nameof(UsualFolders);

    /// <summary>The versions of pyenv-win.</summary>
    internal const string PyenvWin = nameof(PyenvWin);

    /// <summary>The registry of Windows (PEP 514).</summary>
    internal const string Registry = nameof(Registry);
}
