using System.Collections;
using System.Management.Automation;
using Pep668.Text;

namespace Pep668.PowerShell.Formatting;

/// <summary>Texts of the tables, also for environments from jobs and other computers.</summary>
public static class EnvironmentView
{
    private const char Ellipsis = '\u2026';

    /// <summary><c>*</c> for the environment that a command uses if none is named; else empty.</summary>
    /// <param name="environment">The environment.</param>
    public static string Mark(PSObject environment) =>
        EnvironmentState.Mark(environment?.BaseObject is PythonEnvironment { IsImplied: true });

    /// <summary><c>broken</c>, <c>active</c>, <c>nearest</c> (the nearest <c>.venv</c>), <c>default</c>, or
    /// empty.</summary>
    /// <param name="environment">The environment.</param>
    public static string State(PSObject environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment.BaseObject is PythonEnvironment live ? live.State : EnvironmentState.Describe(
            Text(nameof(PythonEnvironment.Health)) is nameof(EnvironmentHealth.Broken),
            Text(nameof(PythonEnvironment.IsActive)) is "True",
            Value(nameof(PythonEnvironment.FoundBy)) is IEnumerable ways && ways.Cast<object>().Any(one => $"{one}" is FoundBy.Upward),
            Text(nameof(PythonEnvironment.IsDefault)) is "True");

        object? Value(string property) => environment.Properties[property]?.Value;
        string? Text(string property) => Value(property)?.ToString();
    }

    /// <summary>A name of at most a quarter of the console.</summary>
    /// <param name="name">The name.</param>
    /// <param name="width">The columns of the console.</param>
    public static string? Name(string? name, int width)
    {
        int length = Math.Max(width / 4, 12);
        string? text = DisplayText.Escape(name);
        return text is null || text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), Ellipsis.ToString());
    }

    /// <summary>A path with <c>~</c> for the home folder.</summary>
    /// <param name="path">The path.</param>
    /// <param name="root">The root that it is below; null or empty for this machine.</param>
    /// <param name="home">The home folder.</param>
    public static string? Path(string? path, string? root, string? home) =>
        DisplayText.Escape(path is null || root is { Length: > 0 } ? path : ShortPath.WithTilde(path, home));

    /// <summary>The title of a table of packages: their environment, if there is one, and their folder.</summary>
    /// <param name="package">A package.</param>
    /// <param name="home">The home folder.</param>
    /// <param name="width">The columns of the console.</param>
    public static string PackageTitle(PSObject package, string? home, int width)
    {
        ArgumentNullException.ThrowIfNull(package);
        object? environment = Value(nameof(PythonPackage.Environment)), location = Value(nameof(PythonPackage.Location));
        string? root = (environment as PythonEnvironment)?.Root;
        string folder = "   Location: " + Title(location, root is null ? home : null, width);
        return environment is null ? folder : $"   Environment: {Title(environment, home, width)}\n{folder}";

        // One from a file or a job has its properties, and perhaps is only the path of its interpreter.
        object? Value(string property) => package.Properties[property]?.Value switch
        {
            PSObject { BaseObject: not PSCustomObject and var known } => known,
            PSObject bag => bag.Properties[nameof(PythonEnvironment.Prefix)]?.Value ?? LanguagePrimitives.ConvertTo<string>(bag),
            var value => value,
        };
    }

    /// <summary>The folder of an environment, as the title of a table.</summary>
    /// <param name="environment">The environment, or its interpreter as text.</param>
    /// <param name="home">The home folder.</param>
    /// <param name="width">The columns of the console.</param>
    public static string Title(object? environment, string? home, int width)
    {
        string path = environment is PythonEnvironment known
            ? Path(known.Prefix, known.Root, home)!
            : Path(environment?.ToString(), null, home) ?? "";
        // What PowerShell writes before it, and a margin: it breaks lines before their last columns.
        return ShortPath.Fit(path, width - "   Environment: ".Length - 3, home: null);
    }
}
