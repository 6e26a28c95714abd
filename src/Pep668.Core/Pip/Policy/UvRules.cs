using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Pip.Policy;

/// <summary>
/// uv's rules (tried on 0.6.14): the check covers install, uninstall and their dry runs; <c>--target</c> and
/// <c>--prefix</c> lift it; none of pip's settings counts.
/// </summary>
internal static class UvRules
{
    internal static ToolRules Read(Machine machine, PipRequest request)
    {
        UvCommandLine line = UvCommandLine.Parse(request.Arguments);
        machine = WithArgumentsAsVariables(machine, line);
        UvSettings settings = UvSettings.Read(machine, UserFolders.Home(machine));
        InstallDestination[] places = [.. Places(line, settings)];
        bool ignores = line.Has("no-break-system-packages");
        return new()
        {
            Request = request,
            CurrentDirectory = machine.CurrentDirectory,
            Environment = Redirected(machine, request.Environment, line),
            Tool = "uv",
            Enforces = true,
            Means = OverrideMeans.Flag,
            InvalidArguments = line.Problems is [string problem, ..] ? problem : null,
            IsExempt = line.Has("help"),
            Places = places,
            Blocking = [.. places.Select(one => one.Setting).OfType<PipSetting>()],
            User = line.Has("user") ? "--user" : null,
            RefusesUser = true,
            AsksToOverride = request.BreakSystemPackages || line.Has("break-system-packages"),
            Override = !ignores && settings is { Overrides: true, Effective: UvSetting setting }
                ? Found(machine, request.Environment, settings, setting) : null,
            Warnings = [.. settings.Problems.Select(PolicyMessages.InvalidSetting)],
        };
    }

    // Arguments that are variables as well, and the folder that it works in.
    private static Machine WithArgumentsAsVariables(Machine machine, UvCommandLine line)
    {
        var variables = new Dictionary<string, string>(machine.Variables, StringComparer.Ordinal);
        foreach ((string option, string variable) in ((string, string)[])[("config-file", "UV_CONFIG_FILE"), ("project", "UV_PROJECT")])
        {
            if (line[option] is string value)
            {
                variables[variable] = value;
            }
        }
        if (line.Has("no-config"))
        {
            variables["UV_NO_CONFIG"] = "1";
        }
        return machine with
        {
            Variables = variables,
            CurrentDirectory =
                line["directory"] is { Length: > 0 } folder ? machine.FromHere(folder) : machine.CurrentDirectory,
        };
    }

    private static PipOverride Found(Machine machine, PythonEnvironment environment, UvSettings settings, UvSetting setting) =>
        new("uv", setting.Path is null ? PipOverrideSource.EnvironmentVariable : PipOverrideSource.UvFile, setting.Path, setting.Name,
            setting.Value)
        {
            IsEffective = true,
            Remedies = PipOverrides.Remedies(machine, environment, PipOverrideSource.UvFile, setting.Path, setting.Name),
            Precedence = 1 + settings.All.TakeWhile(one => one != setting).Count(),
        };

    private static IEnumerable<InstallDestination> Places(UvCommandLine line, UvSettings settings)
    {
        foreach (PolicyBypass hole in (PolicyBypass[])[PolicyBypass.Prefix, PolicyBypass.Target])
        {
            var place = new InstallDestination(hole, "", null);
            if (line[place.Name] is string value)
            {
                yield return place with { Value = value };
            }
            else if (settings.Places.TryGetValue(place.Name, out UvSetting? setting))
            {
                yield return place with
                {
                    Value = setting.Value,
                    Setting = new(PipOverrideSource.UvFile, setting.Path, "pip", place.Name, setting.Value, 0) { Name = setting.Name },
                };
            }
        }
    }

    private static PythonEnvironment Redirected(Machine machine, PythonEnvironment environment, UvCommandLine line) =>
        line["python"] is { Length: > 0 } named && new EnvironmentReader(machine.Files).Read(
            machine.FromHere(named)).Environment is PythonEnvironment other
            ? other : environment;
}
