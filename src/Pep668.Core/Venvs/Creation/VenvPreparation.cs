using Pep668.Environments;

namespace Pep668.Venvs.Creation;

/// <summary>A request that can be carried out.</summary>
/// <param name="Request">The request, with its base Python and without a link at the end of its path.</param>
internal sealed record VenvPreparation(VenvRequest Request)
{
    /// <summary>The environment that exists already and is used unchanged; null if one is created.</summary>
    public PythonEnvironment? Reused { get; init; }

    /// <summary>Whether a folder with that path exists and is replaced.</summary>
    public bool Replaces { get; init; }

    /// <summary>The environment as it is read once it is written.</summary>
    internal PythonEnvironment Expected => Reused ?? Request.Python with
    {
        Kind = EnvironmentKind.Virtual,
        IsVirtual = true,
        Prefix = Request.Path,
        Executable = Plan!.CommonExecutable,
        IncludeSystemSitePackages = Request.SystemSitePackages,
        Config = new() { Prompt = Request.Prompt },
        PipVersion = Wheels?.PipVersion,
    };

    internal VenvContents? Plan { get; init; }

    internal BundledWheels? Wheels { get; init; }
}
