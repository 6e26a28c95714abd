using Pep668.Machines;

namespace Pep668.Markers;

/// <summary>The marker of an environment, or a file in any folder, in the language of a session.</summary>
internal static class MarkerReader
{
    /// <summary>The marker that manages an environment; null if none does.</summary>
    /// <param name="files">Where the environment is.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="language">The translation to prefer.</param>
    public static ExternallyManagedMarker? Read(FileTree files, PythonEnvironment environment, MarkerLanguage language) =>
        environment.MarkerPath is string path
            ? MarkerFile.Read(files, path, environment.Prefix, language, InterpreterOf(environment)) with { Environment = environment }
            : null;

    /// <summary>A marker file in any folder; pip's default text then names the folder that would be the
    /// prefix.</summary>
    public static ExternallyManagedMarker ReadFile(FileTree files, string path, MarkerLanguage language)
    {
        string folder = Path.GetDirectoryName(path) ?? path;
        string? lib = Path.GetDirectoryName(folder);
        string prefix = Path.GetFileName(lib) is "lib" or "lib64" ? Path.GetDirectoryName(lib)! : folder;
        return MarkerFile.Read(files, path, prefix, language);
    }

    /// <summary>The language of a session: its variables, else the UI culture.</summary>
    /// <param name="session">The machine whose user reads the message.</param>
    /// <param name="uiCulture">The name of the UI culture, such as <c>de-DE</c>.</param>
    /// <param name="environment">Whose marker is read; null if that is not known.</param>
    public static MarkerLanguage LanguageOf(Machine session, string uiCulture, PythonEnvironment? environment) =>
        MarkerLanguage.FromVariables(session.Variable, uiCulture, environment is null ? null : InterpreterOf(environment));

    private static (int Major, int Minor)? InterpreterOf(PythonEnvironment environment) =>
        environment.VersionInfo is Version version ? (version.Major, version.Minor) : null;
}
