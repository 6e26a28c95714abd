using System.Text;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Text;
using Pep668.Venvs.Seeding;

namespace Pep668.Venvs.Creation;

/// <summary>
/// What the <c>venv</c> of an interpreter would write, but for what it installs: the configuration, the folders, the
/// links to the base and the activation scripts (<c>Lib/venv/__init__.py</c>, <c>EnvBuilder.create</c>).
/// </summary>
internal sealed class VenvContents
{
    private readonly FileTree _files;
    private readonly VenvRequest _request;
    private readonly PythonEnvironment _base;
    private readonly VenvModule _module;
    private readonly bool _isWindows;

    internal VenvContents(FileTree files, VenvRequest request, PythonEnvironment @base, VenvModule module)
    {
        (_files, _request, _base, _module) = (files, request, @base, module);
        _isWindows = @base.StdLib!.EndsWith("Lib", StringComparison.Ordinal)
            && @base.Executable.EndsWith(".exe", StringComparison.OrdinalIgnoreCase);
        string library = Path.GetFileName(@base.StdLib);
        // PyPy up to 7.3.5 has lib-python/3 and site-packages right below the prefix.
        SitePackages = _isWindows ? Path.Combine("Lib", "site-packages")
            : Path.GetFileName(Path.GetDirectoryName(@base.StdLib)) is "lib-python" ? "site-packages"
            : Path.Combine("lib", library, "site-packages");
        Scripts = _isWindows ? "Scripts" : "bin";
        ExecutableName = !_isWindows ? Path.GetFileName(@base.Executable)
            : Path.GetFileNameWithoutExtension(@base.Executable).EndsWith("_d", StringComparison.OrdinalIgnoreCase)
                ? "python_d.exe"
                : "python.exe";
    }

    /// <summary>The folder of distributions, below the environment's.</summary>
    internal string SitePackages { get; }

    /// <summary>The folder of commands, below the environment's.</summary>
    internal string Scripts { get; }

    /// <summary>The name of its interpreter.</summary>
    internal string ExecutableName { get; }

    /// <summary>Its interpreter, as its commands name it.</summary>
    internal string Executable => Path.Combine(_request.Path, Scripts, ExecutableName);

    /// <summary>The same by the name that every environment has.</summary>
    internal string CommonExecutable => _isWindows ? Executable : Path.Combine(_request.Path, Scripts, "python");

    /// <summary>Where the files of a distribution belong in it.</summary>
    internal VenvLayout Layout => new(SitePackages, Scripts, Executable);

    /// <summary>Everything, folders before what is in them.</summary>
    internal IEnumerable<TreeEntry> Entries()
    {
        string include = _isWindows ? "Include" : "include";
        yield return TreeEntry.Folder(include);
        if (_module.IncludeHasSeries && !_isWindows)
        {
            yield return TreeEntry.Folder(Path.Combine(include, Path.GetFileName(_base.StdLib)!));
        }
        string below = "";
        foreach (string part in SitePackages.Split(Path.DirectorySeparatorChar))
        {
            yield return TreeEntry.Folder(below = Path.Combine(below, part));
        }
        if (!_isWindows && HostPlatform.Current != Platform.MacOS && _base.Architecture is not ("x86" or "arm"))
        {
            yield return TreeEntry.Link("lib64", "lib");
        }
        yield return TreeEntry.Folder(Scripts);
        if (_module.WritesGitIgnore)
        {
            yield return Text(".gitignore", "# Created by venv; see https://docs.python.org/3/library/venv.html\n*\n");
        }
        yield return Text(PyVenvConfigFile.FileName, Configuration());
        foreach (TreeEntry entry in _isWindows ? WindowsInterpreters() : Interpreters())
        {
            yield return entry;
        }
        string prompt = _request.Prompt ?? Path.GetFileName(_request.Path);
        var values = new ActivationValues(
            _request.Path, Path.GetFileName(_request.Path), _module.DecoratesPrompt ? $"({prompt}) " : prompt, Scripts, Executable);
        foreach (TreeEntry entry in ActivationScripts.Fill(_files, _module.Scripts, _isWindows, Scripts, values))
        {
            yield return entry;
        }
    }

    /// <summary>The lines of <c>pyvenv.cfg</c> (<c>EnvBuilder.create_configuration</c>).</summary>
    internal string Configuration()
    {
        // The bare numbers, without what a pre-release carries; two of them where no file tells the third.
        string version = InterpreterVersion.Numbers(_base.Version) is { Build: >= 0 } numbers ? numbers.ToString(3) : _base.Version ?? "";
        var text = new StringBuilder()
            .Append("home = ").Append(Path.GetDirectoryName(_base.Executable)).Append('\n')
            .Append("include-system-site-packages = ").Append(_request.SystemSitePackages ? "true" : "false").Append('\n')
            .Append("version = ").Append(version).Append('\n');
        if (_module.WritesPrompt && _request.Prompt is not null)
        {
            text.Append("prompt = ").Append(PythonLiteral.Repr(_request.Prompt)).Append('\n');
        }
        if (_module.WritesExecutable)
        {
            text.Append("executable = ").Append(_files.RealPath(_base.Executable) ?? _base.Executable).Append('\n');
        }
        if (_module.WritesCommand)
        {
            text.Append("command = ").Append(_base.Executable).Append(" -m venv ")
                .Append(_request.WithoutPip ? "--without-pip " : "")
                .Append(_request.SystemSitePackages ? "--system-site-packages " : "")
                .Append(_request.Prompt is null ? "" : $"--prompt=\"{_request.Prompt}\" ")
                .Append(_request.Path).Append('\n');
        }
        return text.ToString();
    }

    private IEnumerable<TreeEntry> Interpreters()
    {
        var names = new List<string> { ExecutableName };
        string[] others =
        [
            "python", "python3",
            .. _module.LinksSeries && _base.VersionInfo is Version version
                ? [FormattableString.Invariant($"python3.{version.Minor}")]
                : Array.Empty<string>(),
            .. _module.LinksPi && _base.VersionInfo is { Minor: 14 } ? ["\U0001D70Bthon"] : Array.Empty<string>(),
            .. _module.LinksPyPy ? ["pypy3", "pypy"] : Array.Empty<string>(),
        ];
        names.AddRange(others.Where(name => !string.Equals(name, ExecutableName, StringComparison.Ordinal)));
        foreach (string name in names)
        {
            yield return TreeEntry.Link(Path.Combine(Scripts, name), ReferenceEquals(name, names[0]) ? _base.Executable : ExecutableName);
        }
    }

    // The launchers that stand for the base (PC/venvlauncher.c); from 3.13 under their own names. 3.6 has none: the
    // interpreter itself with its libraries.
    private IEnumerable<TreeEntry> WindowsInterpreters()
    {
        string home = Path.GetDirectoryName(_base.Executable)!, launchers = Path.Combine(_module.Scripts, "nt");
        string debug = ExecutableName.EndsWith("_d.exe", StringComparison.Ordinal) ? "_d" : "";
        string threaded = _base.IsFreeThreaded ? "t" : "";
        if (_files.IsFile(Path.Combine(launchers, $"venvlauncher{threaded}{debug}.exe")))
        {
            foreach ((string name, string launcher) in ((string, string)[])[("python", "venvlauncher"), ("pythonw", "venvwlauncher")])
            {
                string[] suffixes =
                    _base.IsFreeThreaded ? [debug, FormattableString.Invariant($"3.{_base.VersionInfo?.Minor}t") + debug, ""] : [debug, ""];
                foreach (string suffix in suffixes.Distinct(StringComparer.Ordinal))
                {
                    yield return Copied(Path.Combine(Scripts, $"{name}{suffix}.exe"),
                        Path.Combine(launchers, $"{launcher}{threaded}{debug}.exe"));
                }
            }
            yield break;
        }
        if (_files.IsFile(Path.Combine(launchers, "python.exe")))
        {
            foreach (string name in (string[])["python.exe", "pythonw.exe"])
            {
                if (_files.IsFile(Path.Combine(home, name)) && _files.IsFile(Path.Combine(launchers, name)))
                {
                    yield return Copied(Path.Combine(Scripts, name), Path.Combine(launchers, name));
                }
            }
            yield break;
        }
        foreach (string folder in (string[])[home, Path.Combine(home, "DLLs")])
        {
            foreach (DirectoryItem item in _files.List(folder))
            {
                if (Path.GetExtension(item.Name) is ".dll" or ".pyd"
                    || (item.Name.StartsWith("python", StringComparison.Ordinal) && Path.GetExtension(item.Name) is ".exe"))
                {
                    yield return Copied(Path.Combine(Scripts, item.Name), Path.Combine(folder, item.Name));
                }
            }
        }
    }

    private static TreeEntry Copied(string path, string source) =>
        new(path, TreeEntryKind.Copy, Target: source, Mode: TreeEntry.Executable);

    // Python's text files have the line ends of the system.
    private TreeEntry Text(string path, string text) =>
        TreeEntry.File(path, Encoding.UTF8.GetBytes(_isWindows ? text.ReplaceLineEndings("\r\n") : text));
}
