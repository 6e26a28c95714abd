using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Environments;

/// <summary>What the <c>ensurepip</c> of an interpreter would install.</summary>
/// <param name="Wheels">The wheels to install: pip, and setuptools where that version seeds it.</param>
/// <param name="Shared">Wheels that are laid into <c>share/python-wheels</c> besides (Debian's PyPy: its pip looks for
/// its dependencies there).</param>
internal sealed record BundledWheels(IReadOnlyList<string> Wheels, IReadOnlyList<string> Shared)
{
    private const string DebianFolder = "/usr/share/python-wheels";

    /// <summary>The version of pip, which is the last of the wheels.</summary>
    internal string PipVersion => Path.GetFileName(Wheels[^1]).Split('-')[1];

    /// <summary>
    /// Finds them as <c>Lib/ensurepip/__init__.py</c> of that interpreter does, told from its source; without an
    /// ensurepip, in the distribution's folder of wheels. Null when pip's wheel, or one that belongs with it, is not
    /// there.
    /// </summary>
    internal static BundledWheels? Find(FileTree files, PythonEnvironment @base)
    {
        string ensurepip = Path.Combine(@base.StdLib!, "ensurepip");
        string? source = files.ReadText(Path.Combine(ensurepip, "__init__.py"));
        if (source is null)
        {
            bool hasSetuptools = @base.VersionInfo is Version version && version < new Version(3, 12);
            return InFolder(files, FolderOf(files, @base) ?? DebianFolder, hasSetuptools ? ["setuptools", "pip"] : ["pip"]);
        }
        bool seedsSetuptools = source.Contains("_SETUPTOOLS_VERSION", StringComparison.Ordinal)
            || source.Contains("\"setuptools\",", StringComparison.Ordinal);
        string[] names = seedsSetuptools ? ["setuptools", "pip"] : ["pip"];
        if (source.Contains("'/usr/share/python-wheels/{}-*", StringComparison.Ordinal)
            || source.Contains("'/usr/share/python-wheels/pip-*", StringComparison.Ordinal))
        {
            BundledWheels? found = InFolder(files, DebianFolder, names);
            return found is null || !source.Contains("venv_wheel_dir", StringComparison.Ordinal) ? found : found with
            {
                Shared =
                    [.. files.List(DebianFolder).Select(item => item.Name).Where(name => name.EndsWith(".whl", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal).Select(name => Path.Combine(DebianFolder, name))],
            };
        }
        return (source.Contains("WHEEL_PKG_DIR", StringComparison.Ordinal) && FolderOf(files, @base) is string folder
                ? InFolder(files, folder, names)
                : null)
            ?? Bundled(files, Path.Combine(ensurepip, "_bundled"), source, names);
    }

    // The wheel that is named in the source: a folder may hold another as well.
    private static BundledWheels? Bundled(FileTree files, string folder, string source, string[] names)
    {
        var wheels = new List<string>();
        foreach (string name in names)
        {
            if (PythonLiteral.Literal(source, $"_{name.ToUpperInvariant()}_VERSION = ") is not string version
                || files.List(folder).Select(item => item.Name)
                    .FirstOrDefault(file => file.StartsWith($"{name}-{version}-", StringComparison.Ordinal)) is not string wheel)
            {
                return null;
            }
            wheels.Add(Path.Combine(folder, wheel));
        }
        return new(wheels, []);
    }

    // The last one in order, as ensurepip takes it.
    private static BundledWheels? InFolder(FileTree files, string folder, string[] names)
    {
        var wheels = new List<string>();
        foreach (string name in names)
        {
            if (files.List(folder).Select(item => item.Name)
                .Where(file => file.StartsWith(name + "-", StringComparison.Ordinal) && file.EndsWith(".whl", StringComparison.Ordinal))
                .Max(StringComparer.Ordinal) is not string wheel)
            {
                return null;
            }
            wheels.Add(Path.Combine(folder, wheel));
        }
        return new(wheels, []);
    }

    /// <summary>sysconfig's <c>WHEEL_PKG_DIR</c>, from the file that sysconfig itself reads; an empty one means
    /// none.</summary>
    internal static string? FolderOf(FileTree files, PythonEnvironment @base)
    {
        if (@base.StdLib is not string stdlib)
        {
            return null;
        }
        foreach (DirectoryItem item in files.List(stdlib))
        {
            if (item.Name.StartsWith("_sysconfigdata_", StringComparison.Ordinal) && item.Name.EndsWith(".py", StringComparison.Ordinal)
                && files.ReadText(Path.Combine(stdlib, item.Name)) is string data)
            {
                return PythonLiteral.Literal(data, "'WHEEL_PKG_DIR': ") is { Length: > 0 } folder ? folder : null;
            }
        }
        return null;
    }
}
