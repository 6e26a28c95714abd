using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Packages;
using Pep668.Venvs.Creation;

namespace Pep668.Venvs.Repair;

/// <summary>The defects of the pip of an environment.</summary>
internal static class PipDefects
{
    /// <summary>That pip is only partly installed, or missing although the environment was created with it.</summary>
    internal static IEnumerable<VenvDefect> Defects(FileTree files, PythonEnvironment environment, VenvContents plan, VenvConfig config)
    {
        string folder = Path.Combine(environment.Prefix, plan.SitePackages);
        string[] names = [.. files.List(folder).Select(item => item.Name)];
        string[] infos = [.. InstalledDistributions.NamesIn(files, folder).Where(one => one.Name is "pip").Select(one => one.Folder)];
        bool hasPackage = names.Contains("pip", StringComparer.Ordinal);
        // What an interrupted pip leaves while it replaces itself.
        string[] leftovers = [.. names.Where(name => name.StartsWith('~') && name[1..].StartsWith("ip", StringComparison.Ordinal))];
        string? problem = TreeReplacer.WasInterrupted(environment.Prefix) ? RepairMessages.InterruptedRepair()
            : infos.Length == 0 && !hasPackage ? (WasMadeWithPip(config) ? RepairMessages.NoPip() : null)
            : infos.Length == 0 ? RepairMessages.PipWithoutMetadata()
            : infos.Length > 1 ? RepairMessages.SeveralPips([.. infos.Order(StringComparer.Ordinal)])
            : FindDefect(files, folder, infos[0]) is string defect ? RepairMessages.BrokenPip(defect)
            : leftovers.Length > 0 ? RepairMessages.InterruptedPipInstall(leftovers)
            : null;
        if (problem is not null)
        {
            // Its files are read only if it is repaired.
            yield return new(problem)
            {
                Replacements = [],
                Removals = [.. infos.Concat(leftovers).Append("pip").Select(name => Path.Combine(plan.SitePackages, name))],
            };
        }
    }

    private static bool WasMadeWithPip(VenvConfig config) =>
        config.Command is string command && command.Contains(" -m venv ", StringComparison.Ordinal)
            && !command.Contains(" --without-pip", StringComparison.Ordinal);

    private static string? FindDefect(FileTree files, string folder, string info) =>
        RecordFile.Read(files, Path.Combine(folder, info)) is RecordFile record ? record.FindDefect(folder, info, files.IsFile)
        : $"{info}/{RecordFile.FileName} is missing";
}
