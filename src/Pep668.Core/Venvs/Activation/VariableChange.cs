namespace Pep668.Venvs.Activation;

/// <summary>The new value of an environment variable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, which may be empty; null to remove the variable.</param>
internal sealed record VariableChange(string Name, string? Value);
