using System.Text;
using Pep668.Shells;

namespace Pep668.Tests;

/// <summary>
/// Files with the messages that users read, for reviewers. A test compares them with the messages of now;
/// <c>PEP668_TEST_UPDATE=1</c> writes them again.
/// </summary>
internal static class MessageSnapshot
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("PEP668_TEST_UPDATE") is "1";

    /// <summary>Compares the files of a folder, or writes them.</summary>
    /// <param name="folder">The folder, below the source tree.</param>
    /// <param name="files">The name of each file, and its text.</param>
    /// <param name="others">Files of the folder that other tests compare.</param>
    internal static void Compare(string folder, IReadOnlyDictionary<string, string> files, params IReadOnlyList<string> others)
    {
        string full = SourceTree.File(folder);
        Directory.CreateDirectory(full);
        string[] existing = [.. Directory.GetFiles(full, "*.txt").Select(path => Path.GetFileName(path)).Except(others)];
        var differences = new StringBuilder();
        foreach (string name in files.Keys.Union(existing).Order(StringComparer.Ordinal))
        {
            string path = Path.Combine(full, name);
            string before = File.Exists(path) ? File.ReadAllText(path) : "", now = files.TryGetValue(name, out string? text) ? text : "";
            if (before == now)
            {
                continue;
            }
            if (Updates)
            {
                if (now.Length == 0)
                {
                    File.Delete(path);
                }
                else
                {
                    File.WriteAllText(path, now);
                }
                continue;
            }
            differences.Append($"--- {folder}/{name}\n").AppendJoin('\n', Difference(before.Split('\n'), now.Split('\n'))).Append('\n');
        }
        Assert.True(differences.Length == 0,
            $"Messages have changed. After a review, PEP668_TEST_UPDATE=1 writes the files again.\n{differences}");
    }

    /// <summary>One file of a folder with others.</summary>
    internal static void CompareOne(string folder, string name, string text) =>
        Compare(folder, new Dictionary<string, string>(StringComparer.Ordinal) { [name] = text },
            [.. Directory.CreateDirectory(SourceTree.File(folder)).GetFiles("*.txt").Select(file => file.Name).Where(one => one != name)]);

    /// <summary>The files of messages: one for each area.</summary>
    internal static IReadOnlyDictionary<string, string> Files(IEnumerable<Message> messages) => messages.GroupBy(one => one.Area)
        .ToDictionary(area => area.Key + ".txt",
            area => $"# {area.Key}: errors, warnings and other texts. See CONTRIBUTING.md, \"Messages\".\n\n"
            + string.Concat(area.GroupBy(one => one.Source).OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(same => $"{same.Key}\n{string.Concat(same.Select(Text).Distinct())}\n")), StringComparer.Ordinal);

    /// <summary>A message with its remedies, indented.</summary>
    internal static string Text(Message message)
    {
        string kind = message.Id is FailureId id ? $"{message.Kind} {id}: " : message.Kind is "text" or "remedy" ? "" : message.Kind + ": ";
        var text = new StringBuilder();
        if (message.Text.Length > 0)
        {
            text.AppendJoin('\n', (kind + message.Text).Split('\n').Select(line => "  " + line)).Append('\n');
        }
        if (message.Details is string details)
        {
            text.AppendJoin('\n', details.Split('\n').Select(line => "    | " + line)).Append('\n');
        }
        foreach (Remedy remedy in message.Remedies)
        {
            text.Append(Text(remedy));
        }
        return text.ToString();
    }

    /// <summary>A remedy: its reason, and its command for PowerShell and for a POSIX shell.</summary>
    internal static string Text(Remedy remedy) =>
        $"    {remedy.Reason}:\n      PS> {PowerShellRenderer.Instance.Render(remedy) ?? "(none)"}\n"
        + $"      $   {PosixRenderer.Instance.Render(remedy) ?? "(none)"}\n";

    // The lines that were removed and added, with the line before each group.
    private static IEnumerable<string> Difference(string[] before, string[] now)
    {
        int[,] common = new int[before.Length + 1, now.Length + 1];
        for (int left = before.Length - 1; left >= 0; left--)
        {
            for (int right = now.Length - 1; right >= 0; right--)
            {
                common[left, right] = before[left] == now[right] ? common[left + 1, right + 1] + 1
                    : Math.Max(common[left + 1, right], common[left, right + 1]);
            }
        }
        bool isSame = true;
        for (int left = 0, right = 0; left < before.Length || right < now.Length;)
        {
            if (left < before.Length && right < now.Length && before[left] == now[right])
            {
                (left, right, isSame) = (left + 1, right + 1, true);
                continue;
            }
            if (isSame && right > 0)
            {
                yield return " " + now[right - 1];
            }
            isSame = false;
            bool removes = right == now.Length || (left < before.Length && common[left + 1, right] >= common[left, right + 1]);
            yield return removes ? "-" + before[left++] : "+" + now[right++];
        }
    }
}
