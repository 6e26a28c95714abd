namespace Pep668.Audit;

/// <summary>Finds one kind of conflict, or kinds that are found together. A new kind is one class, and one line in
/// <see cref="ConflictFinder"/>.</summary>
internal abstract class ConflictCheck
{
    /// <summary>The conflicts in one environment.</summary>
    internal abstract IEnumerable<PythonPackageConflict> Find(AuditedPython python);

    /// <summary>A conflict, without remedies below a root: they would change this machine.</summary>
    private protected static PythonPackageConflict Make(
        AuditedPython python, PythonPackageConflictKind kind, string location, params IReadOnlyList<Remedy> remedies) => new()
    {
        Kind = kind,
        Location = location,
        Environment = python.Environment,
        Remedies = !python.Machine.IsImage ? remedies : [],
    };
}
