using Pep668.Machines.Staging;
using Pep668.Text;

namespace Pep668.Venvs.Seeding;

/// <summary>The errors and warnings about the wheels of pip and their prepared copies.</summary>
internal static class SeedMessages
{
    /// <summary>The interpreter could not compile a wheel.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="wheel">The file name of the wheel.</param>
    /// <param name="problem">Why not, as a clause.</param>
    internal static Notice NotCompiled(PythonEnvironment python, string wheel, string problem) => new(
        $"'{wheel}' was installed but not compiled by '{python.Executable}' ({Sentence.ToClause(problem)}); the first start of pip takes " +
        $"longer.");

    /// <summary>The cache could not be cleared.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="cause">What was thrown.</param>
    internal static Failure CacheNotCleared(string folder, Exception cause) => new(
        FailureId.VenvNotWritten, $"The cache '{folder}' could not be cleared: {Sentence.ToClause(WriteProblem.Describe(cause, folder))}.",
        folder,
        new Remedy("removes it", new RemovePathStep(true, folder)))
    {
        Cause = cause,
    };

    /// <summary>Why a wheel cannot be used: its metadata is missing.</summary>
    internal static string NoDistInfo() => "it has no .dist-info folder";

    /// <summary>Why a wheel cannot be used: an absolute path, or one with <c>..</c>.</summary>
    internal static string UnsafePath(string path) => $"it contains '{path}', which would be written outside of the environment";

    /// <summary>Why a wheel cannot be used: it has a <c>.data</c> folder.</summary>
    internal static string DataFolder(string path) => $"it contains '{path}', which is installed outside of site-packages";

    /// <summary>Why a wheel cannot be used: its source does not contain the script of commands.</summary>
    internal static string NoCommandTemplate() => "its pip has no template for commands";

    /// <summary>Why a wheel cannot be used: its <c>RECORD</c> is invalid.</summary>
    internal static string InvalidRecord(string problem) => $"its RECORD is invalid ({problem})";

    /// <summary>Why a wheel cannot be used: the launcher of Windows is missing.</summary>
    internal static string NoLauncher(string name) => $"it has no launcher '{name}'";

    /// <summary>Why a wheel cannot be used: it cannot be read.</summary>
    internal static string Unreadable(string path, string problem) => $"'{path}' cannot be read: {problem}";
}
