using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Pep668.Discovery;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Applications;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;
using Pep668.Pip.Settings;
using Pep668.Requirements;

namespace Pep668.Tests;

/// <summary>Sample arguments for methods that make messages. A type that is not listed is constructed from samples of
/// its own parameters.</summary>
internal sealed class MessageSamples : IDisposable
{
    private const string Project = "/home/user/project";
    private const string Marker = "[externally-managed]\nError=Use apt.\n";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["path"] = Project + "/.venv", ["folder"] = Project + "/.venv", ["prefix"] = Project + "/.venv", ["existing"] = Project + "/.venv",
        ["executable"] = "/usr/bin/python3.11", ["interpreter"] = "/usr/bin/python3.11", ["target"] = "/usr/bin/python3.11",
        ["home"] = "/usr/bin",
        ["root"] = "/mnt/image", ["file"] = Project + "/requirements.txt", ["marker"] = "/usr/lib/python3.11/EXTERNALLY-MANAGED",
        ["first"] = Project + "/.venv/lib/python3.11/site-packages/requests-2.31.0.dist-info",
        ["second"] = Project + "/.venv/lib/python3.11/site-packages/requests-2.32.0.dist-info", ["scripts"] = Project + "/.venv/bin",
        ["wheel"] = "/usr/share/python-wheels/pip-24.2-py3-none-any.whl", ["active"] = "/home/user/other",
        ["broken"] = "/home/user/other",
        ["name"] = "requests", ["text"] = "requests", ["command"] = "black", ["version"] = "3.12", ["what"] = "install of requests",
        ["variable"] = "VIRTUAL_ENV", ["SecretInArguments.url"] = "git+https://user:****@host/project", ["computer"] = "server1",
        ["property"] = "Prefix", ["answer"] = "/opt/python", ["files"] = "/usr",
        ["problem"] = "Permission denied", ["reason"] = "Permission denied", ["defect"] = "its pip is broken",
        ["mismatch"] = "it has no pip",
        ["InvalidSetting.problem"] = "PIP_USER has the invalid value 'maybe'.", ["UnreadablePython.named"] = "/opt/x",
        ["InvalidArguments.problem"] = "--target needs a value", ["mode"] = "rwx", ["separator"] = ":", ["created"] = "3.10",
        ["now"] = "3.12",
        ["NoFilePath.problem"] = "Cannot find drive. A drive with the name 'a' does not exist.", ["typeName"] = "System.Int32",
        ["NoMarkerPath.problem"] = "Cannot find drive. A drive with the name 'a' does not exist.", ["option"] = "--nothing",
        ["lastLine"] = "Error",
        ["architecture"] = "aarch64", ["Usage.command"] = "list", ["series"] = "3.10", ["current"] = "3.12.1",
        ["place"] = "/home/user/old", ["distribution"] = "requests==2.31.0", ["link"] = "bin/python3",
        ["named"] = "/usr/local/bin", ["line"] = "home = /usr/bin", ["distroPackage"] = "python3-requests",
        ["effect"] = "This would shadow 'python3-requests' 2.28.1+dfsg-1, which no installed package needs.",
        ["sentence"] = "Its base Python was not found.",
        ["difference"] = "Prefix is /opt/python (files: /usr)", ["corrected"] = "alpha==2.0", ["tool"] = "pip 24.2",
        ["requested"] = "requests==2.32.3", ["found"] = "/usr/bin/requests",
        ["SecretInArguments.package"] = "git+https://user:****@host/project",
        ["Hidden.command"] = "requests", ["NotOnPath.folder"] = "/home/user/.local/bin", ["NotInstalled.owner"] = "black",
        ["InstallStep.package"] = "requests",
        ["by"] = "PIP_PYTHON", ["nearest"] = "--json", ["argument"] = "package", ["owner"] = "install",
        ["UnknownCommand.command"] = "chekc", ["UnknownCommand.nearest"] = "check",
    };

    private readonly World _world = new World { UserId = 1000 }
        .Python("/usr", "3.11.2", Marker).Python("/opt/python3.6", "3.6.15").Python("/opt/python3.8", "3.8.10")
        .Write("/opt/python3.8/lib/python3.8/site-packages/pip/__init__.py", "__version__ = '21.3.1'\n")
        .Write("/usr/lib/python3.11/site-packages/pip/__init__.py", "__version__ = '24.2'\n")
        .Write("/etc/os-release", "ID=debian\nNAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n")
        .Write("/home/user/.local/bin/uv", "", executable: true)
        .Venv(Project + "/.venv", "/usr", "3.11.2");

    private readonly PythonEnvironment _virtual, _global, _old, _old38, _broken;

    internal MessageSamples()
    {
        _virtual = Read(Project + "/.venv/bin/python");
        _global = Read("/usr/bin/python3.11");
        _old = Read("/opt/python3.6/bin/python3.6");
        _old38 = Read("/opt/python3.8/bin/python3.8");
        string gone = "/home/user/old/bin/python3.10";
        _broken = _virtual with
        {
            Name = "old", Prefix = "/home/user/old", Executable = gone, Health = EnvironmentHealth.Broken,
            Problem = $"Its interpreter '{gone}' does not exist.",
        };
    }

    public void Dispose() => _world.Dispose();

    /// <summary>The samples of a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="text">A text for a place of that name; null for plain ones.</param>
    internal IReadOnlyList<object?> Of(ParameterInfo parameter, Func<string>? text)
    {
        string name = parameter.Name ?? "";
        // The name of a variable is never a user's text.
        text = name is "variable" ? null : text;
        string special = $"{parameter.Member.Name}.{name}";
        IReadOnlyList<object?> values = [.. Of(parameter.ParameterType, Texts.ContainsKey(special) ? special : name, text)];
        bool isNullable = Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            || (!parameter.ParameterType.IsValueType
                && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable);
        return isNullable ? [.. values, null] : values;
    }

    private IEnumerable<object?> Of(Type type, string name, Func<string>? text)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        string Text(string key) => text?.Invoke() ?? (Texts.TryGetValue(key, out string? plain) ? plain : $"some {key}");
        string Path(string key) => text is null ? Text(key) : "/home/user/" + text().TrimStart('/');
        IEnumerable<object?>? known =
            type == typeof(string) ? [IsPath(name) ? Path(name) : Text(name)]
            : type == typeof(bool) ? [true, false]
            : type.IsEnum ? Enum.GetValues(type).Cast<object?>()
            : type == typeof(int) ? [2, 1]
            : type == typeof(uint) ? [1001u]
            : type == typeof(long) ? [1024L]
            : type == typeof(Version) ? [new Version(3, 10, 4)]
            : type == typeof(Exception) ? [new IOException("No space left on device")]
            : type == typeof(Machine) ? [_world.Machine, _world.Machine with { UserId = 0 }, _world.Machine with
            {
                Platform = Platform.Windows,
            }]
            : type == typeof(PythonEnvironment) ? Environments(text is null ? null : Path("prefix"))
            : type == typeof(ProductStep) ? [Step(name, text is null ? null : Text)]
            : type == typeof(Remedy) ? [CreateVenv(Path("path"))]
            : type == typeof(PipTarget) ? [Target(Text("text"))]
            : type == typeof(PipRequest) ? Requests(text is null ? null : Path("prefix"), Text, Path)
            : type == typeof(PipProgram) ? [Program(_old38, PipInstaller.Pip), Program(_virtual, PipInstaller.Uv)]
            : type == typeof(PipSecrets) ? [PipSecrets.Read(_world.Machine)]
            : type == typeof(PipOutput) ? [Output()]
            : type == typeof(RequirementProblem) ? [Problem(text is null ? "requests[" : Text(name))]
            : type == typeof(InstallNote) ? [new InstallNote($"install of {Text("text")}", Step("again", text is null ? null : Text))]
            : type == typeof(Failure) ? [Refused(text is null ? null : Path("prefix"), Text)]
            : type == typeof(PythonPackageConflict) ? Conflicts(Text)
            : type == typeof(InstalledApplication) ? Applications(text is null ? null : Path("prefix"), Text)
            : type == typeof(ApplicationJob) ? Jobs(text is null ? null : Path("prefix"), Text)
            : type == typeof(PipOverride) ? [Override(Path("file"))]
            : null;
        return known ?? (ElementOf(type) is Type element ? Lists(element, name, text) : [Construct(type, name, text)]);
    }

    private static bool IsPath(string name) => Texts.TryGetValue(name, out string? plain) && plain.StartsWith('/');

    private static Type? ElementOf(Type type) => type.IsArray ? type.GetElementType()
        : type != typeof(string) && type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0]
        : null;

    // One element, and two: which are different where they are texts.
    private IEnumerable<object?> Lists(Type element, string name, Func<string>? text)
    {
        object?[] first = [.. Of(element, name.TrimEnd('s'), text)];
        object?[] second = first.Length > 1 || text is null ? first : [.. Of(element, name.TrimEnd('s'), text)];
        object? other = second[^1] is string plain && text is null ? plain + "-2" : second[^1];
        foreach (object?[] values in (object?[][])[[first[0]], [first[0], other]])
        {
            var list = Array.CreateInstance(element, values.Length);
            Array.Copy(values, list, values.Length);
            yield return list;
        }
        if (element == typeof(Remedy))
        {
            yield return Array.Empty<Remedy>();
        }
    }

    private object Construct(Type type, string name, Func<string>? text)
    {
        ConstructorInfo? constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(one => one.GetParameters() is not [var only] || only.ParameterType != type)
            .OrderByDescending(one => one.GetParameters().Length).FirstOrDefault();
        if (constructor is null || type.IsAbstract || typeof(Delegate).IsAssignableFrom(type))
        {
            throw new InvalidOperationException($"MessageSamples has no sample of {type} for the parameter '{name}'.");
        }
        object made = constructor.Invoke([.. constructor.GetParameters().Select(one => Of(one, text)[0])]);
        foreach (PropertyInfo property in type.GetProperties().Where(one => one.GetCustomAttribute<RequiredMemberAttribute>() is not null))
        {
            property.SetValue(made, Of(property.PropertyType, property.Name, text).First());
        }
        return made;
    }

    private PythonEnvironment Read(string path) => new EnvironmentCatalog(_world.Machine).ReadOne(path).Environment! with { Root = null };

    private IEnumerable<PythonEnvironment> Environments(string? prefix)
    {
        if (prefix is not null)
        {
            yield return _virtual with { Prefix = prefix, Executable = prefix + "/bin/python", Name = prefix };
            yield return _global with { Executable = prefix };
            yield return _broken with { Prefix = prefix, Executable = prefix + "/bin/python" };
            yield return _global with { Root = prefix };
            yield break;
        }
        yield return _virtual;
        yield return _global;
        yield return _broken;
        yield return _global with { Root = "/mnt/image" };
        yield return _old;
    }

    private static Remedy CreateVenv(string path) =>
        new("creates a virtual environment", new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, path));

    private static ProductStep Step(string name, Func<string, string>? text)
    {
        string Text(string key, string plain) => text?.Invoke(key) ?? plain;
        return name is "create" or "elsewhere"
            ? new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, Text("path", ".venv"))
                .With(ProductParameter.Python, Text("python", "3.12"))
            : name is "application"
            ? new ProductStep(ProductCommand.InstallApplication).With(ProductParameter.Package, Text("name", "requests"))
            : new ProductStep(ProductCommand.Install).With(ProductParameter.Package, Text("name", "requests"))
                .With(ProductParameter.Environment, Text("path", Project + "/.venv"));
    }

    private static PipTarget Target(string text) => new(text, PipTargetKind.Requirement, "requests", [], null);

    private static RequirementProblem Problem(string text) =>
        Requirement.TryParse(text, out _, out RequirementProblem? problem) ? new("Unexpected text.", text, 0) : problem;

    private IEnumerable<PipRequest> Requests(string? prefix, Func<string, string> text, Func<string, string> path)
    {
        foreach (PythonEnvironment environment in Environments(prefix))
        {
            PipTarget[] packages = prefix is null ? [Target("requests")] : [Target(text("name")), Target(text("name"))];
            yield return new(PipAction.Install, environment) { Packages = packages };
            yield return new(PipAction.Uninstall, environment) { Packages = packages };
            yield return new(PipAction.Install, environment)
            {
                Packages = packages, Requirements = [path("file")], Constraints = [path("file")], Editables = [Target(path("folder"))],
                Upgrade = true, IndexUrl = "https://user:secret@example.invalid/simple", ExtraIndexUrls = ["https://example.invalid/extra"],
                NoIndex = true, FindLinks = [path("folder")], DryRun = true, Installer = PipInstaller.Uv,
                Arguments = ["--no-deps", .. prefix is null ? (string[])[] : [text("name")]],
            };
        }
    }

    private PipProgram Program(PythonEnvironment environment, PipInstaller installer) =>
        PipProgram.Choose(_world.Machine, new(PipAction.Install, environment) { Installer = installer }).OrNull()!;

    private PipOutput Output()
    {
        var output = new PipOutput(PipProgram.OfVersion("24.2"), PipSecrets.Read(_world.Machine), null);
        output.Take("Looking in indexes: https://example.invalid/simple", isError: false);
        output.Take("ERROR: No matching distribution found for requests", isError: true);
        return output;
    }

    private static IEnumerable<PythonPackageConflict> Conflicts(Func<string, string> text)
    {
        foreach (string[] dependents in (string[][])[["apt-listchanges", "reportbug", "yq"], ["yq"], []])
        {
            yield return new()
            {
                Kind = PythonPackageConflictKind.Shadowed, Distribution = "requests", Version = "2.32.3",
                DistroPackage = text("distroPackage"), DistroVersion = "2.28.1+dfsg-1", Dependents = dependents,
            };
        }
    }

    private IEnumerable<InstalledApplication> Applications(string? prefix, Func<string, string> text)
    {
        PythonEnvironment environment = prefix is null ? _broken : _broken with { Prefix = prefix, Executable = prefix + "/bin/python" };
        InstalledApplication pipx = new()
        {
            Application = new()
            {
                Name = text("name"), Version = "2.32.3", Installer = PythonApplicationInstaller.Pipx, Environment = environment,
                Commands = [text("command")],
            },
            Package = text("name"), Home = "/home/user/.local/share/pipx", CommandFolder = "/home/user/.local/bin",
            Record = new(environment.Prefix + "/pipx_metadata.json", RecordState.Complete),
        };
        yield return pipx;
        yield return pipx with { Record = pipx.Record with { State = RecordState.Damaged } };
        yield return pipx with { IsGlobal = true };
        yield return pipx with
        {
            Application = pipx.Application with { Installer = PythonApplicationInstaller.Uv }, Requirements = [text("text"), text("name")],
        };
    }

    private IEnumerable<ApplicationJob> Jobs(string? prefix, Func<string, string> text)
    {
        foreach (InstalledApplication one in Applications(prefix, text))
        {
            PythonApplicationInstaller installer = one.Application.Installer;
            string program = "/usr/bin/" + ApplicationJob.NameOf(installer);
            yield return new(ApplicationAction.Install, installer, program) { Package = Target(text("text")) };
            yield return new(ApplicationAction.Update, installer, program) { Application = one };
            yield return new(ApplicationAction.Uninstall, installer, program) { Application = one };
        }
    }

    private static PipOverride Override(string file) =>
        new("pip", PipOverrideSource.ConfigFile, file, "install.break-system-packages", "true");

    private Failure Refused(string? prefix, Func<string, string> text)
    {
        PythonEnvironment environment = prefix is null ? _global : _global with { Executable = prefix };
        Remedy venv =
            new("virtual environment in this folder", new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, ".venv"),
            new ProductStep(ProductCommand.Install).With(ProductParameter.Package, text("name"))
                .With(ProductParameter.Environment, "./.venv") with { IsPiped = true }) { Route = AdviceRoute.Venv };
        return new(FailureId.ExternallyManagedEnvironment, $"Debian manages '{environment.Executable}' (PEP 668); nothing was installed.",
            new Refusal
            {
                Environment = environment, Installer = "pip 24.2", Cause = RefusalCause.ExternallyManaged, Distributor = "Debian",
                MarkerPath = environment.MarkerPath, Remedies = [venv],
            }, venv) { Details = "Use apt." };
    }
}
