using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// Virtual environments by the signature in their <c>pyvenv.cfg</c>: <c>uv =</c>, <c>virtualenv =</c>, or neither
/// (PEP 405's own <c>venv</c>). They can be anywhere; people keep them in these folders of their home
/// (<c>list_global_virtual_envs_paths</c> of python-environment-tools).
/// </summary>
internal sealed class VenvLocator : Locator
{
    internal override string Name => nameof(PythonManager.Venv);

    // By the names that the folders have: on a disk that ignores case, ~/envs and ~/Envs are one folder.
    internal override IEnumerable<string> Find(Machine machine) =>
        machine.Homes().SelectMany(home => machine.Files.List(home)
                .Where(item => item.Name is ".venvs" or ".direnv" || string.Equals(item.Name, "envs", StringComparison.OrdinalIgnoreCase))
                .Select(item => Path.Combine(home, item.Name)))
            .SelectMany(folder => FoldersIn(machine.Files, folder));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        environment.Config?.Creator ?? (environment.Manager == PythonManager.Unknown ? null : environment.Manager);
}
