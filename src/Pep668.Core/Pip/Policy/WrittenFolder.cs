namespace Pep668.Pip.Policy;

/// <summary>A folder that an install would write to.</summary>
/// <param name="Destination">The option that leads there.</param>
/// <param name="Path">The folder, which need not exist.</param>
/// <param name="IsScripts">Whether programs go there, not modules.</param>
internal sealed record WrittenFolder(InstallDestination Destination, string Path, bool IsScripts);
