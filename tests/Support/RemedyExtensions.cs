using Pep668.Shells;

namespace Pep668.Tests;

/// <summary>Remedies as PowerShell shows them.</summary>
internal static class RemedyExtensions
{
    internal static IReadOnlyList<string> Commands(this IEnumerable<Remedy> remedies) =>
        [.. remedies.Select(PowerShellRenderer.Instance.Render).OfType<string>()];

    internal static IReadOnlyList<string> PosixCommands(this IEnumerable<Remedy> remedies) =>
        [.. remedies.Select(PosixRenderer.Instance.Render).OfType<string>()];

    internal static string? FirstCommand(this Failure failure) => failure.Remedies.Commands() is [string first, ..] ? first : null;
}
