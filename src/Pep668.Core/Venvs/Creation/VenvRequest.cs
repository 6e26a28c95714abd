namespace Pep668.Venvs.Creation;

/// <summary>A virtual environment to make.</summary>
/// <param name="Path">Where: an absolute path.</param>
/// <param name="Python">From which Python: a base interpreter, or a virtual environment, which stands for its
/// base.</param>
internal sealed record VenvRequest(string Path, PythonEnvironment Python)
{
    /// <summary>The name for the prompt; null for that of the folder.</summary>
    public string? Prompt { get; init; }

    /// <summary>Whether it sees what is installed in its base.</summary>
    public bool SystemSitePackages { get; init; }

    /// <summary>Whether pip stays out.</summary>
    public bool WithoutPip { get; init; }

    /// <summary>Whether a virtual environment, or an empty folder, that exists is replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>Whether a sound environment that exists and fits is taken as it is.</summary>
    public bool Reuse { get; init; }
}
