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
            ? new(lines[0], again, process, started)
            : null;
    }

    /// <summary>Whether the process that it names is at work still: its parent was killed, and it was not.</summary>
    internal bool IsAtWork() => new RunningProcess(Process, Started).Exists();

    /// <summary>The note as its file has it.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{What.ReplaceLineEndings(" ")}\n{ProductStepText.Write(Again)}\n{Process}\n{Started}\n");
}
