using Pep668.Machines;
using Pep668.Text;
using Pep668.Versions;

namespace Pep668.Discovery.Resolution;

/// <summary>
/// The Python that a project requires, as uv reads it for a new environment: the first line of the nearest
/// <c>.python-version</c>, else <c>.python-versions</c>, upward, else <c>requires-python</c> of the nearest
/// <c>pyproject.toml</c> (uv's documentation, "Python version files" and "Project Python versions").
/// </summary>
/// <param name="File">The file.</param>
/// <param name="Request">What it requires.</param>
internal sealed record ProjectPython(string File, PythonRequest Request)
{
    /// <summary>Finds it; null if nothing is required.</summary>
    /// <param name="machine">Where the project is.</param>
    /// <param name="folder">The absolute path of the project's folder, or of one in it.</param>
    internal static ProjectPython? Find(Machine machine, string folder)
    {
        string[] folders = [.. Machine.Upward(folder)];
        return folders.SelectMany(one => (string[])[Path.Combine(one, ".python-version"), Path.Combine(one, ".python-versions")])
                .Select(file => Read(file, FirstLine(machine.Files.ReadText(file, limit: 1 << 16))))
                .FirstOrDefault(found => found is not null)
            ?? folders.Select(one => Path.Combine(one, "pyproject.toml")).Where(machine.Files.IsFile).Take(1)
                .Select(file => Read(file, Required(machine.Files.Read(file).Bytes)))
                .FirstOrDefault();
    }

    /// <summary>Whether an environment has such a Python.</summary>
    internal bool Matches(PythonEnvironment environment) =>
        Pep440Version.TryParse(environment.Version ?? "", out Pep440Version? version)
        && Request.Matches(environment.Implementation, version, environment.IsFreeThreaded, allowPrereleases: true);

    // pyenv reads the first word. Others are names: of an environment of pyenv-virtualenv, or system.
    private static ProjectPython? Read(string file, string? text) =>
        PythonRequest.TryParse(text, out PythonRequest? request) || PythonRequest.TryParse(text?.Split(' ', '\t')[0], out request)
            ? new(file, request)
            : null;

    private static string? FirstLine(string? text) =>
        text?.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0 && line[0] != '#');

    private static string? Required(byte[]? file) => TomlReader.Read(file)?.Find<string>("project", "requires-python");
}
