using System.Text;
using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Text;

namespace Pep668.Venvs.Creation;

/// <summary>Changes the settings of an existing virtual environment in place: its prompt, and whether it imports the
/// packages of its base. Installed packages are kept.</summary>
/// <param name="catalog">The machine's environments.</param>
internal sealed class VenvSettings(EnvironmentCatalog catalog)
{
    private const string SystemKey = "include-system-site-packages", PromptKey = "prompt";

    /// <summary>Changes them.</summary>
    /// <param name="environment">A virtual environment that works.</param>
    /// <param name="prompt">The prompt; null if it is not changed.</param>
    /// <param name="systemSitePackages">Whether the packages of the base are imported.</param>
    /// <returns>The environment as it is now.</returns>
    public Outcome<VenvResult> Change(PythonEnvironment environment, string? prompt, bool systemSitePackages)
    {
        ArgumentNullException.ThrowIfNull(environment);
        string current = environment.Config?.Prompt ?? Path.GetFileName(environment.Prefix);
        string? newPrompt = prompt is null || PyVenvConfigFile.IsPrompt(current, prompt) ? null : prompt;
        if (newPrompt is null && environment.IncludeSystemSitePackages == systemSitePackages)
        {
            return new VenvResult(environment, Changed: false);
        }
        if (VenvNaming.WhyNotPrompt(newPrompt) is string problem)
        {
            return VenvMessages.Unsupported(environment.Prefix, problem, create: null);
        }
        if (!OpenFolder.IsSame(environment.NamedPath ?? environment.Prefix, environment.Prefix))
        {
            return VenvMessages.NotChanged(environment.Prefix, VenvMessages.ForeignLink(environment.NamedPath!), null);
        }
        try
        {
            // The configuration last: until it is written, the environment is not in the desired state.
            foreach (TreeEntry entry in newPrompt is null ? [] : Scripts(environment, newPrompt, systemSitePackages))
            {
                TreeReplacer.Replace(environment.Prefix, entry);
            }
            string file = Path.Combine(environment.Prefix, PyVenvConfigFile.FileName);
            string text = With(catalog.Machine.Files.ReadText(file) ?? "", SystemKey, systemSitePackages ? "true" : "false");
            text = newPrompt is null ? text : With(text, PromptKey, PythonLiteral.Repr(newPrompt));
            TreeReplacer.Replace(environment.Prefix, TreeEntry.File(PyVenvConfigFile.FileName, Encoding.UTF8.GetBytes(text),
                catalog.Machine.Files.Stat(file).Mode));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return VenvMessages.NotChanged(environment.Prefix, WriteProblem.Describe(error, environment.Prefix), error);
        }
        return new EnvironmentCatalog(catalog.Machine).ReadOne(environment.Prefix).Environment is PythonEnvironment now
            ? new VenvResult(now, Changed: true) : VenvMessages.NotRecognized(environment.Prefix, isNew: false);
    }

    // The activation scripts contain the prompt. Those that only another tool writes keep the one they have.
    private IEnumerable<TreeEntry> Scripts(PythonEnvironment environment, string prompt, bool systemSitePackages)
    {
        if (new BasePython(catalog).Find(environment, new(environment.Prefix, environment)).OrNull() is not PythonEnvironment python
            || VenvModule.Read(catalog.Machine.Files, python.StdLib!) is not VenvModule module)
        {
            return [];
        }
        var contents = new VenvContents(catalog.Machine.Files,
            new(environment.Prefix, python) { Prompt = prompt, SystemSitePackages = systemSitePackages }, python, module);
        return contents.Entries().Where(entry => Path.GetFileName(entry.Path).Contains("activate", StringComparison.OrdinalIgnoreCase)
            && catalog.Machine.Files.IsFile(Path.Combine(environment.Prefix, entry.Path)));
    }

    // The last line of a key counts (site.py), so every line of it is written.
    private static string With(string text, string key, string value)
    {
        var lines = text.Split('\n').ToList();
        bool hasKey = false;
        for (int at = 0; at < lines.Count; at++)
        {
            int equals = lines[at].IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0 && string.Equals(lines[at][..equals].Trim(), key, StringComparison.OrdinalIgnoreCase))
            {
                lines[at] = $"{key} = {value}{(lines[at].EndsWith('\r') ? "\r" : "")}";
                hasKey = true;
            }
        }
        if (!hasKey)
        {
            int last = lines.FindLastIndex(line => line.Trim().Length > 0) + 1;
            lines.Insert(last, $"{key} = {value}");
            if (last == lines.Count - 1)
            {
                lines.Add("");
            }
        }
        return string.Join('\n', lines);
    }
}
