using System.Text;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Shells;
using Pep668.Text;

namespace Pep668.Venvs.Creation;

/// <summary>What the placeholders of an activation template stand for (<c>EnvBuilder.replace_variables</c>).</summary>
internal sealed record ActivationValues(string Folder, string Name, string Prompt, string ScriptsName, string Executable)
{
    /// <summary>Each placeholder with its value.</summary>
    internal (string Placeholder, string Value)[] All =>
    [
        ("__VENV_DIR__", Folder), ("__VENV_NAME__", Name), ("__VENV_PROMPT__", Prompt), ("__VENV_BIN_NAME__", ScriptsName),
        ("__VENV_PYTHON__", Executable),
    ];
}

/// <summary>
/// Fills the activation templates of an interpreter. Where a template has its placeholder between quotes (before
/// gh-124651), the value is escaped for those quotes; where it has it bare, the value is quoted. Python itself puts it
/// in raw in the first case, and so breaks on a path with a quote or a <c>$</c>.
/// </summary>
internal static class ActivationScripts
{
    /// <summary>The scripts of an interpreter's templates, filled.</summary>
    /// <param name="files">Where to read.</param>
    /// <param name="templates">The folder of the templates: <c>venv/scripts</c>.</param>
    /// <param name="isWindows">Whether those of Windows are meant.</param>
    /// <param name="destination">The folder of commands, below the environment's.</param>
    /// <param name="values">What to fill in.</param>
    internal static IEnumerable<TreeEntry> Fill(FileTree files, string templates, bool isWindows, string destination,
        ActivationValues values)
    {
        foreach (string part in (string[])["common", isWindows ? "nt" : "posix"])
        {
            foreach (DirectoryItem item in files.List(Path.Combine(templates, part)))
            {
                string source = Path.Combine(templates, part, item.Name);
                FileEntry entry = files.Stat(source);
                // Programs stand among the scripts on Windows; they are no templates.
                if (entry.Kind != FileKind.File || Path.GetExtension(item.Name) is ".exe" or ".pdb"
                    || files.Read(source).Bytes is not byte[] bytes)
                {
                    continue;
                }
                if (PythonText.DecodeUtf8(bytes, out _) is not string text)
                {
                    continue; // as venv does: it may be binary
                }
                string filled = Replace(text, Path.GetExtension(item.Name), values);
                // Python copies what it did not have to fill in, with its time; it writes the rest anew.
                bool isSame = string.Equals(filled, text, StringComparison.Ordinal);
                yield return TreeEntry.File(
                    Path.Combine(destination, item.Name), isSame ? bytes : Encoding.UTF8.GetBytes(filled), entry.Mode,
                    isSame ? entry.Modified : null);
            }
        }
    }

    private static string Replace(string template, string extension, ActivationValues values)
    {
        var text = new StringBuilder(template.Length + 256);
        int done = 0;
        while (template.IndexOf("__VENV_", done, StringComparison.Ordinal) is >= 0 and int at)
        {
            text.Append(template, done, at - done);
            (string Placeholder, string Value) found = Array.Find(values.All, one => template.AsSpan(at).StartsWith(one.Placeholder));
            if (found.Placeholder is null)
            {
                text.Append("__VENV_");
                done = at + "__VENV_".Length;
                continue;
            }
            text.Append(ScriptQuoting.Fill(found.Value, extension, ScriptQuoting.QuoteAround(template, at)));
            done = at + found.Placeholder.Length;
        }
        return text.Append(template, done, template.Length - done).ToString();
    }
}
