namespace Pep668.Venvs.Creation;

/// <summary>A virtual environment to create.</summary>
/// <param name="Path">Its folder, as an absolute path.</param>
/// <param name="Python">Its base: a base interpreter, or a virtual environment whose base is used.</param>
internal sealed record VenvRequest(string Path, PythonEnvironment Python)
{
    /// <summary>Whether the user named the Python; remedies then name it too.</summary>
    public bool IsPythonGiven { get; init; }

    /// <summary>The name in the prompt; null for the name of the folder.</summary>
    public string? Prompt { get; init; }

    /// <summary>Whether it can import the packages of its base.</summary>
    public bool SystemSitePackages { get; init; }

    /// <summary>Whether pip is not installed.</summary>
    public bool WithoutPip { get; init; }

    /// <summary>Whether an existing virtual environment is replaced. An empty folder always is.</summary>
    public bool Replace { get; init; }

    /// <summary>Whether an existing environment that works and matches is used unchanged.</summary>
    public bool Reuse { get; init; }

    /// <summary>The command that makes this request.</summary>
    /// <param name="python">Another Python for it; null for its own.</param>
    internal ProductStep ToStep(string? python = null) => new ProductStep(ProductCommand.CreateVenv)
        .With(ProductParameter.Path, Path)
        .WithAny(ProductParameter.Python, python is not null ? [python] : IsPythonGiven ? [Python.Executable] : [])
        .WithAny(ProductParameter.Prompt, Prompt is null ? [] : [Prompt])
        .WithSwitch(ProductParameter.SystemSitePackages, SystemSitePackages)
        .WithSwitch(ProductParameter.WithoutPip, WithoutPip)
        .WithSwitch(ProductParameter.Force, Replace)
        .WithSwitch(ProductParameter.ReuseExisting, Reuse);
}
