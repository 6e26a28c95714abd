using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>Void's index, whose compression .NET cannot read: XBPS itself is asked, on a running system
/// (xbps-query(1), <c>--repository --property</c>).</summary>
internal sealed class XbpsIndex(Machine machine) : PackageIndex
{
    private const string Program = "/usr/bin/xbps-query";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly bool _canAsk = machine.Files.Root is null && machine.Files.IsExecutable(Program);

    /// <inheritdoc/>
    internal override bool Exists => machine.Files.List("/var/db/xbps").Any(item => item.Name.StartsWith("http", StringComparison.Ordinal));

    /// <inheritdoc/>
    internal override bool IsReadable(bool mayAsk) => mayAsk && _canAsk;

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, string> Find(IReadOnlyList<string> packages, bool mayAsk)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string package in IsReadable(mayAsk) ? packages : [])
        {
            ProcessResult answer = ProcessRunner.Run(Program, ["--repository", "--property", "pkgver", "--", package], "/",
                _ => false, Limit, CancellationToken.None);
            // NAME-VERSION_REVISION
            string text = answer.Output.Trim();
            if (answer.ExitCode == 0 && text.StartsWith(package + "-", StringComparison.Ordinal))
            {
                found[package] = text[(package.Length + 1)..];
            }
        }
        return found;
    }
}
