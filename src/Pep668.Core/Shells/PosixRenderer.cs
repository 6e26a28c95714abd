namespace Pep668.Shells;

/// <summary>Writes commands for POSIX shells: sh, dash, bash, zsh and ksh.</summary>
internal sealed class PosixRenderer : CompanionRenderer
{
    internal static PosixRenderer Instance { get; } = new();

    /// <inheritdoc/>
    /// <remarks>fish, too, reads them as they are meant: between its single quotes, a backslash is an escape before
    /// another one and before a quote. zsh replaces <c>=name</c> by the path of a program, fish <c>%self</c> by its
    /// process.</remarks>
    internal override string Quote(string value) =>
        value is ['=' or '%', ..] && ShellQuoting.IsSafe(value) ? $"'{value}'"
        : HasEscape(value) ? WithoutEscapes(value)
        : ShellQuoting.Posix(value);

    /// <inheritdoc/>
    private protected override string Program(ProgramStep step) => (step.NeedsRoot ? "sudo " : "") + Words(step.Arguments);

    /// <inheritdoc/>
    private protected override string Remove(RemovePathStep step) => $"rm -{(step.AreFolders ? "rf" : "f")} -- {Words(step.Paths)}";

    /// <inheritdoc/>
    private protected override string? Unset(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            ? "unset " + name : null;

    private static bool HasEscape(string value) => value.EndsWith('\\') || value.Contains(@"\\", StringComparison.Ordinal)
        || value.Contains(@"\'", StringComparison.Ordinal);

    private static string WithoutEscapes(string value) => "'" + value.Replace("'", "'\"'\"'", StringComparison.Ordinal)
        .Replace("\\", "'\"\\\\\"'", StringComparison.Ordinal) + "'";
}
