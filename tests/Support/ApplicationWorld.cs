using System.Collections.Concurrent;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Pip.Applications;
using Pep668.Pip.Running;

namespace Pep668.Tests;

/// <summary>A home and a folder of wheels for the real pipx and the real uv.</summary>
internal sealed class ApplicationWorld : IDisposable
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal)
    {
        ["LC_ALL"] = "C.UTF-8",
        ["PIP_NO_INDEX"] = "1",
        ["PIP_CONFIG_FILE"] = "/dev/null",
        ["PIPX_SHARED_LIBS"] = SharedPipx.Libraries,
        ["UV_CACHE_DIR"] = Path.Combine(SharedSeeds.Cache, "uv"),
        ["UV_PYTHON_DOWNLOADS"] = "never",
    };

    internal ApplicationWorld()
    {
        Directory.CreateDirectory(Home);
        TinyWheel.WriteTo(Wheels);
        _variables["HOME"] = Home;
        _variables["PIP_FIND_LINKS"] = Wheels;
        // Not every version of uv has variables for these.
        Write("home/.config/uv/uv.toml", $"no-index = true\nfind-links = ['{Wheels}']\n");
        SetPath();
    }

    internal string Folder { get; } = Directory.CreateTempSubdirectory("pep668-app-").FullName;

    internal string Home => Path.Combine(Folder, "home");

    internal string Wheels => Path.Combine(Folder, "wheels");

    internal string Commands => Path.Combine(Home, ".local", "bin");

    internal IReadOnlyDictionary<string, string> Variables => _variables;

    internal Machine Machine => Machine.Current(Folder) with { Variables = _variables, Home = Home };

    internal ConcurrentQueue<PipOutputLine> Lines { get; } = new();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Skips the test if a program is missing.</summary>
    internal static void Need(PythonApplicationInstaller installer)
    {
        string name = ApplicationJob.NameOf(installer);
        Assert.SkipUnless(Tool.Exists(name), $"needs {name}");
    }

    internal ApplicationWorld Set(string name, string value)
    {
        _variables[name] = value;
        return this;
    }

    /// <summary>PATH: some folders, then those of the system, and that of uv.</summary>
    internal ApplicationWorld SetPath(params string[] first) => Set("PATH", string.Join(':',
        [.. first, "/usr/bin", "/bin", .. Tool.Find("uv") is string uv ? (string[])[Path.GetDirectoryName(uv)!] : []]));

    internal string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    internal ApplicationOutcome Install(
        string package, PythonApplicationInstaller installer = PythonApplicationInstaller.Auto, bool force = false,
        PythonEnvironment? python = null) =>
        Run(new ApplicationPlanner(Machine).Install(package, installer, python, force).Value());

    internal PythonEnvironment Python(Interpreter interpreter) =>
        new EnvironmentResolver(new EnvironmentCatalog(Machine)).ResolveBase(interpreter.Executable).Value();

    internal ApplicationOutcome Change(ApplicationAction action, string name) =>
        Run(Assert.Single(new ApplicationPlanner(Machine).Change(action, name, PythonApplicationInstaller.Auto)).Value());

    internal Failure ChangeFails(ApplicationAction action, string name) =>
        Assert.Single(new ApplicationPlanner(Machine).Change(action, name, PythonApplicationInstaller.Auto)).Failure!;

    internal ApplicationOutcome Run(ApplicationJob job, CancellationToken cancellation = default) =>
        ApplicationRun.Execute(Machine, job, new Sink(Lines), cancellation);

    internal IReadOnlyList<InstalledApplication> List() => ApplicationCatalog.Read(Machine);

    /// <summary>Runs a program in this world.</summary>
    internal Tool.Result Program(params IReadOnlyList<string> command) =>
        Tool.Run(command[0].Contains('/') ? command[0] : Tool.Find(command[0])!, command.Skip(1), Folder, _variables);

    private sealed class Sink(ConcurrentQueue<PipOutputLine> lines) : IProgress<PipOutputLine>
    {
        public void Report(PipOutputLine value) => lines.Enqueue(value);
    }
}
