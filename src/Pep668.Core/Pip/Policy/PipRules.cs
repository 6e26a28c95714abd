using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Pip.Policy;

/// <summary>pip's own rules (<c>commands/install.py</c>, <c>commands/uninstall.py</c>, <c>cli/base_command.py</c>,
/// <c>cli/main_parser.py</c>).</summary>
internal static class PipRules
{
    private const string OverrideKey = "break-system-packages";

    internal static ToolRules Read(Machine machine, PipRequest request, string? version)
    {
        PipRelease pip = PipRelease.Parse(version);
        PipCommandLine line = PipCommandLine.Parse(request.Action, request.Arguments, pip);
        var warnings = new List<Notice>();
        var problems = new HashSet<string>(StringComparer.Ordinal);
        PipSettings own = PipSettings.Read(machine, request.Environment with { PipVersion = version });
        PythonEnvironment environment = AtHome(machine, Redirected(machine, request.Environment, line, own, pip, warnings), warnings);
        string command = request.Action == PipAction.Install ? "install" : "uninstall";
        PipSettings settings = environment == request.Environment && !line.IsIsolated ? own
            : PipSettings.Read(machine, environment with { PipVersion = version }, line.IsIsolated);
        warnings.AddRange(settings.Problems.Where(problems.Add).Select(PolicyMessages.InvalidSetting));
        // An unknown version counts as the newest.
        bool enforces = ImportedPip.Enforces(version) ?? true;
        PipSwitch ambient = Switch(OverrideKey);
        bool installs = request.Action == PipAction.Install, ignores = line.Has("ignore-installed") || Switch("ignore-installed").Value;
        InstallDestination[] places = installs ? [.. Places(settings, line), .. Distutils(machine, environment, settings, line, pip)] : [];
        return new()
        {
            Request = request,
            CurrentDirectory = machine.CurrentDirectory,
            Environment = environment,
            Tool = version is null ? "pip" : "pip " + version,
            Enforces = enforces,
            Means = MeansOf(version, pip, enforces),
            RequiresVirtual = RequiresVirtual(),
            InvalidArguments = line.Problems is [string problem, ..] ? problem : null,
            IsExempt = !line.IsUncertain
                && (line.Has("help") || (installs && pip.HasReport && (request.DryRun || line.Has("dry-run") || Switch("dry-run").Value)
                && (line["report"] ?? settings.Effective(command, "report")?.Value) is { Length: > 0 })),
            Places = places,
            Removes = installs ? Removing(line, places, Switch("ignore-installed").Value) : null,
            IsWithoutDependencies = NamesAlone(line, line.Has("no-deps") || Switch("no-deps").Value),
            Blocking = [.. Blocking()],
            User = !installs || line.Has("no-user") ? null
                : line.Has("user") ? "--user" : Switch("user") is { Value: true, Setting: PipSetting user } ? Named(user) : null,
            RefusesUser = line.Has("no-user") || Switch("user") is { Value: false, Setting: not null },
            IgnoresInstalled = ignores, AsksToOverride = request.BreakSystemPackages || line.Has(OverrideKey),
            Override = ambient is { Value: true, Setting: PipSetting setting } && settings.Problems.Count == 0
                ? Found(machine, environment, settings, setting) : null,
            Warnings = warnings,
        };

        PipSwitch Switch(string key)
        {
            PipSwitch value = settings.Switch(command, key);
            if (value.Problem is string problem && problems.Add(problem))
            {
                warnings.Add(PolicyMessages.InvalidSetting(problem));
            }
            return value;
        }

        IEnumerable<PipSetting> Blocking() => ((PipSetting?[])[
            .. places.Select(one => one.Setting), installs && Switch("user") is { Value: true, Setting: PipSetting user } ? user : null,
            pip.HasPython && !line.Has("python") && environment != request.Environment ? own.Effective("global", "python") : null,
        ]).OfType<PipSetting>();

        string? RequiresVirtual() => line.Has("require-virtualenv") ? "--require-virtualenv"
            : ((string[])["require-virtualenv", "require-venv"]).Select(Switch)
                .FirstOrDefault(one => one.Value).Setting is PipSetting required ? Named(required) : null;
    }

    private static OverrideMeans MeansOf(string? version, PipRelease pip, bool enforces) => version is null ? OverrideMeans.Variable
        : pip.HasOverride ? OverrideMeans.Flag
        : enforces ? OverrideMeans.Impossible : OverrideMeans.Nothing;

    private static bool NamesAlone(PipCommandLine line, bool withoutDependencies) =>
        withoutDependencies && line.Rest.Count == 0 && !line.Has("requirement") && !line.Has("editable") && !line.IsUncertain;

    private static string Named(PipSetting setting) => setting.Path is null ? setting.Name : $"{setting.Name} in '{setting.Path}'";

    // As Get-PipOverride shows it.
    private static PipOverride Found(Machine machine, PythonEnvironment environment, PipSettings settings, PipSetting setting) =>
        new("pip", setting.Source, setting.Path, setting.Name, setting.Value)
        {
            IsEffective = true,
            Remedies = PipOverrides.Remedies(machine, environment, setting.Source, setting.Path, setting.Name),
            Precedence = 1 + settings.All.Reverse().Where(one => one.Key is OverrideKey).TakeWhile(one => one != setting).Count(),
        };

    // An argument hides the setting, an empty one too; an empty setting is none.
    private static IEnumerable<InstallDestination> Places(PipSettings settings, PipCommandLine line)
    {
        foreach (PolicyBypass hole in (PolicyBypass[])[PolicyBypass.Root, PolicyBypass.Prefix, PolicyBypass.Target])
        {
            var place = new InstallDestination(hole, "", null);
            if (line[place.Name] is string value)
            {
                yield return place with { Value = value };
            }
            else if (settings.Effective("install", place.Name) is PipSetting setting)
            {
                yield return place with { Value = setting.Value, Setting = setting };
            }
        }
        foreach (string option in line.SetupOptions)
        {
            // distutils: --prefix, --root, --home, --install-base, --install-lib, …
            int sign = option.IndexOf('=', StringComparison.Ordinal);
            string name = sign < 0 ? option : option[..sign];
            if (sign > 0 && (name is "--prefix" or "--exec-prefix" or "--root" or "--home"
                || name.StartsWith("--install-", StringComparison.Ordinal)))
            {
                yield return new(PolicyBypass.SetupOption, option[(sign + 1)..], null);
            }
        }
    }

    // distutils_scheme of pip: an option replaces these, but not a folder of one kind.
    private static IEnumerable<InstallDestination> Distutils(
        Machine machine, PythonEnvironment environment, PipSettings settings, PipCommandLine line, PipRelease pip)
    {
        InstallDestination[] options = [.. Places(settings, line).Where(one => one.Value.Length > 0)];
        bool hasRoot = Array.Exists(options, one => one.Bypass == PolicyBypass.Root);
        bool isElsewhere = Array.Exists(options, one => one.Bypass is PolicyBypass.Prefix or PolicyBypass.Target)
            || (!line.Has("no-user") && (line.Has("user") || settings.Switch("install", "user").Value));
        bool isolated = line.IsIsolated || settings.Switch("install", "isolated").Value;
        return DistutilsSettings
            .Read(machine, environment, pip, isolated, (UserSite.Base(machine, environment), UserSite.Find(machine, environment)))
            .Where(one => one.Key switch { "prefix" or "home" => !isElsewhere, "root" => !hasRoot, _ => true })
            .Select(one => new InstallDestination(PolicyBypass.Distutils, one.Value, one));
    }

    // InstallCommand.run: --target implies --ignore-installed; without that, what is installed in another version is
    // uninstalled, wherever the new one goes. Before the resolver of 20.3 always, for a project in place
    // (check_if_exists).
    private static InstallDestination? Removing(PipCommandLine line, InstallDestination[] places, bool ignores)
    {
        InstallDestination? other =
            Array.Find(places, one => one.Bypass is PolicyBypass.Prefix or PolicyBypass.Root && one.Value.Length > 0)
            ?? Array.Find(places, one => one.Bypass == PolicyBypass.Distutils);
        bool hasTarget = Array.Exists(places, one => one.Bypass == PolicyBypass.Target && one.Value.Length > 0);
        return hasTarget || ignores || (line.Has("ignore-installed") && !line.IsUncertain) ? null : other;
    }

    // parse_command: --python before the command, or [global] python or PIP_PYTHON, starts pip anew under that
    // interpreter; --isolated comes too late for it.
    private static PythonEnvironment Redirected(Machine machine, PythonEnvironment environment, PipCommandLine line, PipSettings settings,
        PipRelease pip, List<Notice> warnings)
    {
        if (!pip.HasPython || machine.Variables.ContainsKey("_PIP_RUNNING_IN_SUBPROCESS"))
        {
            return environment;
        }
        PipSetting? setting = line.Has("python") ? null : settings.Effective("global", "python");
        if ((line["python"] ?? setting?.Value) is not { Length: > 0 } named)
        {
            return environment;
        }
        string path = machine.FromHere(named);
        string by = setting is null ? "--python" : Named(setting);
        if (new EnvironmentReader(machine.Files).Read(path).Environment is not PythonEnvironment other)
        {
            warnings.Add(PolicyMessages.UnreadablePython(by, named));
            return environment;
        }
        if (other != environment)
        {
            warnings.Add(PolicyMessages.OtherPython(by, other.Executable));
        }
        return other;
    }

    // Python takes its library from PYTHONHOME (sys.prefix, before the colon), and pip the marker that is there. A
    // virtual environment stays one: site.py sees to it.
    private static PythonEnvironment AtHome(Machine machine, PythonEnvironment environment, List<Notice> warnings)
    {
        if (environment.IsVirtual || environment.StdLib is not string stdlib || machine.Variable("PYTHONHOME") is not string home)
        {
            return environment;
        }
        string prefix = machine.FromHere(machine.Platform == Platform.Windows ? home : home.Split(':')[0]);
        string library = Path.Combine(prefix, Path.GetRelativePath(environment.Prefix, stdlib));
        if (!machine.Files.IsFile(Path.Combine(library, "os.py")) || string.Equals(library, stdlib, StringComparison.Ordinal))
        {
            return environment;
        }
        warnings.Add(PolicyMessages.OtherHome(environment.Executable, prefix));
        string? marker = MarkerFile.Find(machine.Files, library);
        return environment with
        {
            Prefix = prefix, StdLib = library, MarkerPath = marker, IsExternallyManaged = marker is not null,
            SitePackages = [.. environment.SitePackages.Select(Moved)],
            Scripts = environment.Scripts is null ? null : Moved(environment.Scripts),
        };

        string Moved(string folder) =>
            Path.GetRelativePath(environment.Prefix, folder) is string inside && !inside.StartsWith("..", StringComparison.Ordinal)
            ? Path.Combine(prefix, inside) : folder;
    }
}
