namespace Pep668.Pip;

/// <summary>What will really run.</summary>
/// <param name="Tool"><see cref="PipInstaller.Pip"/> or <see cref="PipInstaller.Uv"/>.</param>
/// <param name="Version">pip's version: the environment's own, or that of the wheel which its Python bundles; null when it is not known, and for uv.</param>
public sealed record PipProgram(PipInstaller Tool, string? Version)
{
    /// <summary>What a request alone tells: the environment's own pip, or uv where uv is asked for.</summary>
    public static PipProgram Of(PipRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Installer == PipInstaller.Uv ? new(PipInstaller.Uv, null) : new(PipInstaller.Pip, request.Environment.PipVersion);
    }
}
