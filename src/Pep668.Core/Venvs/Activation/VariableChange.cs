namespace Pep668.Venvs.Activation;

/// <summary>What an environment variable is to be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, perhaps empty; null where it is to be unset.</param>
internal sealed record VariableChange(string Name, string? Value);
