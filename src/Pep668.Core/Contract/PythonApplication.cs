using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>An application in its own environment, which pipx or <c>uv tool</c> installed.</summary>
public sealed record PythonApplication
{
    internal PythonApplication()
    {
    }

    /// <summary>The name by which its installer knows it.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The version that is installed now; null if it was removed, or if no file contains it.</summary>
    public string? Version { get; internal init; }

    /// <summary>What installed it: <c>Pipx</c> or <c>Uv</c>.</summary>
    public PythonApplicationInstaller Installer { get; internal init; }

    /// <summary>Its virtual environment. If that is broken, <see cref="PythonEnvironment.Health"/> and
    /// <see cref="PythonEnvironment.Problem"/> describe it.</summary>
    [JsonConverter(typeof(EnvironmentPathConverter))]
    public PythonEnvironment Environment { get; internal init; } = null!;

    /// <summary>The names of its commands that are available outside of its environment.</summary>
    public IReadOnlyList<string> Commands { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>Whether PATH finds each of these commands, and not another one of the same name first.</summary>
    public bool OnPath { get; internal init; }

    /// <summary>The version that was installed before a command changed it; null if none was, and in a list.</summary>
    public string? PreviousVersion { get; internal init; }

    /// <summary>What a command did with it; null in a list.</summary>
    public PipInstallAction? Action { get; internal init; }

    /// <summary>Whether a command changed its environment, also if only a dependency was upgraded.</summary>
    public bool Changed { get; internal init; }

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;
}
