namespace Pep668.Tests.Architecture;

/// <summary>One type of Core that uses another one of a different component.</summary>
/// <param name="From">The full name of the type that uses, without types nested in it; or the source file of a
/// <c>using</c> line.</param>
/// <param name="FromComponent">Its component.</param>
/// <param name="To">The full name of the type that is used; or the namespace of a <c>using</c> line.</param>
/// <param name="ToComponent">Its component.</param>
/// <param name="Where">The member, or the file and line, in which the use was found.</param>
internal sealed record Dependency(string From, string FromComponent, string To, string ToComponent, string Where)
{
    internal bool IsUsingLine => From.EndsWith(".cs", StringComparison.Ordinal);

    public override string ToString() => $"{FromComponent} may not use {ToComponent}: {From} uses {To} in {Where}";
}
