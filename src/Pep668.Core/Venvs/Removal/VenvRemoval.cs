namespace Pep668.Venvs.Removal;

/// <summary>A prepared removal of a virtual environment.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Folder">Its folder, as it was read.</param>
/// <param name="Force">Whether other files in its folder are removed too.</param>
internal sealed record VenvRemoval(PythonEnvironment Environment, VenvFolder Folder, bool Force);

/// <summary>What a removal did.</summary>
/// <param name="IsRemoved">Whether the environment is no longer at its place.</param>
/// <param name="Failure">What could not be done; null if nothing is left.</param>
/// <param name="Reasons">Verbose lines.</param>
internal sealed record VenvRemovalResult(bool IsRemoved, Failure? Failure, params IReadOnlyList<string> Reasons);
