using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Packages;

/// <summary>
/// What is noted while pip changes an environment, and is left behind only if it is interrupted: what was being done,
/// the command that does it again, and the process of pip.
/// </summary>
/// <param name="What">What was being done: <c>install of x</c>.</param>
/// <param name="Again">The command that does it again.</param>
/// <param name="Process">The id of pip's process; 0 when it was not started yet.</param>
/// <param name="Started">When that process was started, in ticks of UTC.</param>
internal sealed record InstallNote(string What, ProductStep Again, int Process = 0, long Started = 0)
{
    internal const string FileName = ".pep668-install";

    // What the note of an install or uninstall can have. No other command becomes a recommendation, whatever a file
    // contains.
    private static readonly HashSet<ProductParameter> Known =
    [
        ProductParameter.Package, ProductParameter.Requirement, ProductParameter.Constraint, ProductParameter.Editable,
        ProductParameter.Upgrade, ProductParameter.IndexUrl, ProductParameter.ExtraIndexUrl, ProductParameter.NoIndex,
        ProductParameter.FindLinks, ProductParameter.DryRun, ProductParameter.Installer, ProductParameter.ArgumentList,
        ProductParameter.BreakSystemPackages, ProductParameter.Force, ProductParameter.Environment,
    ];

    /// <summary>The file, if another user can have written it; null for a file of this user or root.</summary>
    internal string? ForeignPath { get; private init; }

    /// <summary>Where it is kept: in the environment, or for one that this user may not write to in the user's cache;
    /// null if it is missing.</summary>
    internal static IEnumerable<string> Places(Machine machine, PythonEnvironment environment)
    {
        yield return Path.Combine(environment.Prefix, FileName);
        if (UserFolders.OwnCache(machine) is string cache)
        {
            string key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(environment.Identity)))[..32].ToLowerInvariant();
            yield return Path.Combine(cache, "installs", key);
        }
    }

    /// <summary>Reads one; null for an empty or foreign file.</summary>
    internal static InstallNote? Parse(string text)
    {
        string[] lines = text.Split('\n');
        return lines.Length >= 4 && int.TryParse(lines[2], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            && long.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out long started)
            && ProductStepText.Parse(lines[1]) is ProductStep again
            && again.Command is ProductCommand.Install or ProductCommand.Uninstall
            && again.Arguments.All(one => Known.Contains(one.Parameter))
            ? new(lines[0], again, process, started)
            : null;
    }

    /// <summary>Reads the text of a file: its command is one in the environment that the file belongs to, and what was
    /// being done is in the words of that command.</summary>
    internal static InstallNote? Read(Machine machine, PythonEnvironment environment, string path, string? text) =>
        text is null || Parse(text) is not InstallNote note ? null : note with
        {
            What = Describe(note.Again),
            Again = note.Again.In(environment),
            ForeignPath = IsOwn(machine, path) ? null : path,
        };

    private static string Describe(ProductStep step)
    {
        IEnumerable<string> Values(ProductParameter parameter) =>
            step.Arguments.Where(one => one.Parameter == parameter).SelectMany(one => one.Values);
        return $"{(step.Command == ProductCommand.Install ? "install" : "uninstall")} of " + string.Join(", ",
            [.. Values(ProductParameter.Package), .. Values(ProductParameter.Editable),
                .. Values(ProductParameter.Requirement).Select(file => $"the requirements in {file}")]);
    }

    private static bool IsOwn(Machine machine, string path) =>
        machine.Files.LinkStat(path).Kind == FileKind.File && FileTrust.IsTrusted(machine, path);

    /// <summary>Whether the process that it names is at work still: its parent was killed, and it was not.</summary>
    internal bool IsAtWork() => new RunningProcess(Process, Started).Exists();

    /// <summary>The note as its file has it.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{What.ReplaceLineEndings(" ")}\n{ProductStepText.Write(Again)}\n{Process}\n{Started}\n");
}
