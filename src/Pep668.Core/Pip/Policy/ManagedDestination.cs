namespace Pep668.Pip.Policy;

/// <summary>The managed environment that a request would change.</summary>
/// <param name="Bypass">What the tool itself would have let through.</param>
/// <param name="Marker">The path of the environment's marker.</param>
/// <param name="Prefix">The environment's prefix.</param>
/// <param name="Reason">Why the request changes it, in words.</param>
internal sealed record ManagedDestination(PolicyBypass Bypass, string Marker, string Prefix, string Reason);
