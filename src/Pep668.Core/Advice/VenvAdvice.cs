using Pep668.Distros;
using Pep668.Machines;

namespace Pep668.Advice;

/// <summary>Recommends a virtual environment: the one that is requested, that of the current folder, or a new one
/// there.</summary>
/// <param name="machine">Where it happens.</param>
/// <param name="intent">What the user wants.</param>
internal sealed class VenvAdvice(Machine machine, InstallIntent intent)
{
    private static readonly string[] Folders = [".venv", "venv", "env", ".env"];

    /// <summary>The virtual environment; nothing if none can be created here.</summary>
    internal IEnumerable<AdvisedRoute> Find()
    {
        if (intent.Environment is { IsVirtual: true, IsExternallyManaged: false })
        {
            yield return Within();
        }
        else if (Array.Find(Folders, IsUsable) is string existing)
        {
            yield return AdvisedRoute.To(AdviceRoute.Venv, "in the virtual environment of this folder",
                [.. intent.Before, intent.Command.With(ProductParameter.Environment, "./" + existing)]);
        }
        else if (!intent.Removes && Array.Find(Folders, IsFree) is string folder)
        {
            yield return AdvisedRoute.To(AdviceRoute.Venv, "virtual environment in this folder" + WithoutMarker(),
            [
                .. intent.Before, new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, folder),
                intent.Command.With(ProductParameter.Environment, "./" + folder) with { IsPiped = true },
            ]);
        }
    }

    /// <summary>The environment itself, which is a virtual one.</summary>
    internal AdvisedRoute Within() => AdvisedRoute.To(AdviceRoute.Venv, "in the virtual environment itself",
        [.. intent.Before, intent.Command.With(ProductParameter.Environment, intent.Environment.Prefix)]);

    // Fedora and RHEL have no marker: pip does not refuse there.
    private string WithoutMarker() =>
        intent.Environment is { IsVirtual: false, IsExternallyManaged: false, Manager: PythonManager.System }
            && SystemPackageManager.Find(machine)?.Distributor is string name
            ? $"; {name}'s Python has no marker, so pip would change it" : "";

    private bool IsUsable(string folder)
    {
        string path = Path.Combine(machine.CurrentDirectory, folder);
        return machine.Files.IsFile(Path.Combine(path, "pyvenv.cfg")) && machine.Files.IsExecutable(machine.Platform == Platform.Windows
            ? Path.Combine(path, "Scripts", "python.exe") : Path.Combine(path, "bin", "python"));
    }

    private bool IsFree(string folder) =>
        machine.Files.LinkStat(Path.Combine(machine.CurrentDirectory, folder)).Kind == FileKind.Missing;
}
