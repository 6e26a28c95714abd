namespace Pep668.Pip.Policy;

/// <summary>The managed environment that a request would change.</summary>
/// <param name="Bypass">What the tool itself would have let through.</param>
/// <param name="Marker">The path of the environment's marker.</param>
/// <param name="Prefix">The environment's prefix.</param>
/// <param name="Written">The folder that an option or a setting leads to; null if the environment itself would be
/// changed.</param>
internal sealed record ManagedDestination(PolicyBypass Bypass, string Marker, string Prefix, WrittenFolder? Written)
{
    /// <summary>The other place that packages are installed to, in exchange for those of the environment; null if the
    /// environment is changed in another way.</summary>
    internal InstallDestination? Removing { get; init; }

    /// <summary>The cause, as the contract names it.</summary>
    internal RefusalCause Cause => Bypass switch
    {
        PolicyBypass.None or PolicyBypass.Link => RefusalCause.ExternallyManaged,
        PolicyBypass.OldPip => RefusalCause.OldPip,
        PolicyBypass.Prefix => RefusalCause.Prefix,
        PolicyBypass.Root => RefusalCause.Root,
        PolicyBypass.Target => RefusalCause.Target,
        PolicyBypass.Distutils => RefusalCause.DistutilsSetting,
        _ => RefusalCause.SetupOption,
    };
}
