using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Pip.Running;

/// <summary>
/// The arguments and variables of one run. What has credentials in it is no argument: indexes and proxies become
/// variables, and what is to be installed, lines of a requirement file that only this user can read.
/// </summary>
internal sealed class PipArguments
{
    private readonly Machine _machine;
    private readonly PipRequest _request;
    private readonly PipProgram _program;
    private readonly List<string> _arguments;
    private readonly List<string> _given = [];
    private readonly List<string> _lines = [];
    private readonly Dictionary<string, string> _variables;
    private readonly bool _isIsolated;

    private PipArguments(Machine machine, PipRequest request, PipProgram program)
    {
        (_machine, _request, _program) = (machine, request, program);
        _arguments = [.. program.Start, request.Action == PipAction.Install ? "install" : "uninstall"];
        _variables =
            new(machine.Variables, machine.Platform == Platform.Windows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        _isIsolated = !program.IsUv && request.Arguments.Contains("--isolated", StringComparer.Ordinal);
    }

    /// <summary>The arguments and variables of a request.</summary>
    internal static PipArguments Build(
        Machine machine, PipRequest request, PipProgram program, OverrideMeans means, InstalledDistributions installed)
    {
        var arguments = new PipArguments(machine, request, program);
        arguments.AddGeneral(means);
        if (request.Action == PipAction.Install)
        {
            arguments.AddInstall();
        }
        foreach (string file in request.Requirements)
        {
            arguments.AddOption("requirement", file);
        }
        arguments.AddPackages(installed);
        arguments._lines.AddRange(request.Lines.Select(line => line.Text));
        arguments.AddGiven();
        if (request.Builds == PipBuilds.OnlyWheels && !program.IsUv)
        {
            // A requirements file can have --no-binary: of these options the last one counts.
            arguments._lines.Add("--only-binary :all:");
        }
        return arguments;
    }

    private void AddPackages(InstalledDistributions installed)
    {
        foreach (PipTarget target in _request.Packages)
        {
            // What is to go is asked for by the name that it has: pip before 21 does not find in.place as in-place.
            string text =
                _request.Action == PipAction.Install || target.NormalizedName is not string name ? target.Text
                : installed.Found.TryGetValue(name, out InstalledDistribution? one) ? one.Name
                : target.Name!;
            if (PipSecrets.IsIn(text))
            {
                _lines.Add(text);
            }
            else
            {
                _arguments.Add(text);
            }
        }
    }

    /// <summary>The arguments, before a requirement file for <see cref="Lines"/>.</summary>
    internal IReadOnlyList<string> Arguments => _arguments;

    /// <summary>The user's own arguments, which come last: none of them can take one of ours as its value.</summary>
    internal IReadOnlyList<string> Given => _given;

    /// <summary>The lines for a requirement file that only this user can read.</summary>
    internal IReadOnlyList<string> Lines => _lines;

    /// <summary>All variables.</summary>
    internal Dictionary<string, string> Variables => _variables;

    private void AddGeneral(OverrideMeans means)
    {
        // Colours and bars are for terminals.
        _variables.Remove("FORCE_COLOR");
        _variables.Remove("CLICOLOR_FORCE");
        _variables["NO_COLOR"] = "1";
        _variables.TryAdd("PYTHONIOENCODING", "utf-8");
        if (_program.IsUv)
        {
            _arguments.AddRange(["--python", _request.Environment.Executable, "--no-progress", "--color", "never"]);
        }
        else
        {
            _arguments.AddRange(["--no-input", "--disable-pip-version-check", "--no-color"]);
            // The warning for root is ours.
            _variables.TryAdd("PIP_ROOT_USER_ACTION", "ignore");
            if (_request.Action == PipAction.Uninstall)
            {
                _arguments.Add("--yes");
            }
            else
            {
                _arguments.AddRange(["--progress-bar", _program.Release.HasRawProgress ? "raw" : "off"]);
            }
        }
        if (means == OverrideMeans.Flag)
        {
            _arguments.Add("--break-system-packages");
        }
        else if (means == OverrideMeans.Variable)
        {
            _variables[_program.IsUv ? "UV_BREAK_SYSTEM_PACKAGES" : "PIP_BREAK_SYSTEM_PACKAGES"] = "1";
        }
    }

    private void AddInstall()
    {
        if (_request.DryRun)
        {
            _arguments.Add("--dry-run");
        }
        if (_program.IsUv && _request.Builds != PipBuilds.Allowed)
        {
            // no-binary of a requirements file, a constraints file or uv.toml is stronger than --no-build (tried on
            // 0.6.14). Python does not start without its library; uv asks it with -I, which ignores this, and builds
            // without.
            _arguments.Add("--no-build");
            _variables["PYTHONHOME"] = _machine.Platform == Platform.Windows ? @"NUL\none" : "/dev/null/none";
        }
        else if (_request.Builds == PipBuilds.Refused)
        {
            // It repeats a run that failed, perhaps since there is no network.
            _variables["PIP_RETRIES"] = "1";
        }
        else if (_request.Builds == PipBuilds.OnlyWheels)
        {
            _arguments.AddRange(["--only-binary", ":all:"]);
        }
        if (_request.Upgrade)
        {
            _arguments.Add("--upgrade");
        }
        if (_request.NoIndex)
        {
            _arguments.Add("--no-index");
        }
        if (_request.IndexUrl is string index)
        {
            AddOption("index-url", index);
        }
        foreach (string extra in _request.ExtraIndexUrls)
        {
            AddOption("extra-index-url", extra);
        }
        foreach (string place in _request.FindLinks)
        {
            AddOption("find-links", place);
        }
        foreach (string file in _request.Constraints)
        {
            AddOption("constraint", file);
        }
        foreach (PipTarget project in _request.Editables)
        {
            AddOption("editable", project.Text);
        }
    }

    // As pip or uv reads them, whatever the spelling.
    private void AddGiven()
    {
        foreach (CommandLineItem item in _program.IsUv ? UvCommandLine.Parse(_request.Arguments).Items
            : PipCommandLine.Parse(_request.Action, _request.Arguments, _program.Release).Items)
        {
            if (_program.IsUv && _request.Builds != PipBuilds.Allowed && item.Name is "build")
            {
                // It would override --no-build.
                continue;
            }
            if (item.Value is not string value || !PipSecrets.IsIn(value))
            {
                _given.AddRange(item.Tokens);
            }
            else if (item.Name is string name)
            {
                AddSecret(name, value);
            }
            else
            {
                _lines.Add(value);
            }
        }
    }

    private void AddOption(string option, string value)
    {
        if (PipSecrets.IsIn(value))
        {
            AddSecret(option, value);
        }
        else
        {
            _arguments.AddRange(["--" + option, value]);
        }
    }

    private void AddSecret(string name, string value)
    {
        if (name is "editable" or "requirement" or "requirements" or "constraint" or "constraints")
        {
            _lines.Add($"--{name.TrimEnd('s')} {value}");
        }
        else if (_isIsolated && name is ("index-url" or "extra-index-url" or "find-links"))
        {
            // Variables are not heard then.
            _lines.Add($"--{name} {value}");
        }
        else if (name is "proxy" && (_isIsolated || _program.IsUv))
        {
            _variables["HTTP_PROXY"] = _variables["HTTPS_PROXY"] = _variables["http_proxy"] = _variables["https_proxy"] = value;
        }
        else
        {
            SetVariables(name, value);
        }
    }

    private void SetVariables(string name, string value)
    {
        if (_program.IsUv && name is ("index-url" or "default-index"))
        {
            // The older name too, and without a credential of another index in force.
            _variables["UV_DEFAULT_INDEX"] = _variables["UV_INDEX_URL"] = value;
            return;
        }
        string variable = (_program.IsUv ? "UV_" : "PIP_") + name.ToUpperInvariant().Replace('-', '_');
        bool isList = name is "extra-index-url" or "find-links" or "index";
        string? already = !isList ? null
            : _program.IsUv || _lists.Contains(variable) ? _variables.GetValueOrDefault(variable)
            // A variable takes the place of what a file says, where an argument would have come beside it.
            : PipSettings.Read(_machine, _request.Environment with { PipVersion = _program.Version }).Effective("install", name)?.Value;
        _lists.Add(variable);
        char separator = _program.IsUv && name is "find-links" ? ',' : ' ';
        _variables[variable] = string.IsNullOrWhiteSpace(already) ? value : already.ReplaceLineEndings(" ").Trim() + separator + value;
    }

    private readonly HashSet<string> _lists = new(StringComparer.Ordinal);
}
