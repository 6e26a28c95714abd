namespace Pep668.Venvs.Creation;

/// <summary>A virtual environment that was created, repaired, or used unchanged.</summary>
/// <param name="Environment">The environment, as it is now.</param>
/// <param name="Changed">Whether anything was written.</param>
internal sealed record VenvResult(PythonEnvironment Environment, bool Changed);
