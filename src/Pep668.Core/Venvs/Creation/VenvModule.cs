using Pep668.Machines;

namespace Pep668.Venvs.Creation;

/// <summary>
/// What the <c>venv</c> of an interpreter does, read from its own source (<c>Lib/venv/__init__.py</c>): distributions
/// backport later changes, so the version number does not determine it.
/// </summary>
internal sealed record VenvModule
{
    private VenvModule(string folder, string source)
    {
        Scripts = Path.Combine(folder, "scripts");
        WritesPrompt = Has("'prompt = ");
        WritesExecutable = Has("'executable = ");
        WritesCommand = Has("'command = ");
        WritesGitIgnore = Has("create_git_ignore_file");
        LinksSeries = Has("python3.{sys.version_info[1]}");
        LinksPi = Has("'\U0001D70Bthon'");
        LinksPyPy = Has("'pypy3', 'pypy'");
        DecoratesPrompt = Has("'(%s) ' % ");
        IncludeHasSeries = Has("incpath = self._venv_path(");

        bool Has(string text) => source.Contains(text, StringComparison.Ordinal);
    }

    /// <summary>The folder of its activation templates.</summary>
    internal string Scripts { get; }

    /// <summary>Whether <c>pyvenv.cfg</c> gets a requested prompt (3.8 and later).</summary>
    internal bool WritesPrompt { get; }

    /// <summary>Whether <c>pyvenv.cfg</c> names the base's file, and the command (3.11 and later).</summary>
    internal bool WritesExecutable { get; }

    /// <summary>Whether <c>pyvenv.cfg</c> gets the command (3.11 and later).</summary>
    internal bool WritesCommand { get; }

    /// <summary>Whether git ignores the folder (3.13 and later).</summary>
    internal bool WritesGitIgnore { get; }

    /// <summary>Whether there is a <c>python3.X</c> as well (3.9 and later).</summary>
    internal bool LinksSeries { get; }

    /// <summary>Whether there is a 𝜋thon (3.14 only).</summary>
    internal bool LinksPi { get; }

    /// <summary>Whether there are PyPy's own names.</summary>
    internal bool LinksPyPy { get; }

    /// <summary>Whether the template wants the prompt as <c>(name) </c>, not bare (up to 3.12).</summary>
    internal bool DecoratesPrompt { get; }

    /// <summary>Whether headers go to <c>include/pythonX.Y</c> (3.11 to 3.13), not <c>include</c>.</summary>
    internal bool IncludeHasSeries { get; }

    /// <summary>Reads the module of a standard library; null if it is missing (Python 2, or a distribution with a
    /// separate package for it).</summary>
    internal static VenvModule? Read(FileTree files, string stdlib)
    {
        string folder = Path.Combine(stdlib, "venv");
        return files.ReadText(Path.Combine(folder, "__init__.py")) is string source && files.IsDirectory(Path.Combine(folder, "scripts"))
            ? new(folder, source)
            : null;
    }
}
