namespace Pep668.Shells;

/// <summary>Writes commands for POSIX shells: sh, dash, bash, zsh and ksh.</summary>
internal sealed class PosixRenderer : CompanionRenderer
{
    internal static PosixRenderer Instance { get; } = new();

    /// <inheritdoc/>
    internal override string Quote(string value) => ShellQuoting.Posix(value);

    /// <inheritdoc/>
    private protected override string Program(ProgramStep step) => (step.NeedsRoot ? "sudo " : "") + Words(step.Arguments);

    /// <inheritdoc/>
    private protected override string Remove(RemovePathStep step) => $"rm -{(step.AreFolders ? "rf" : "f")} -- {Words(step.Paths)}";

    /// <inheritdoc/>
    private protected override string Unset(string name) => "unset " + Quote(name);
}
