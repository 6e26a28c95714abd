using System.Text.RegularExpressions;
using Pep668.Machines;

namespace Pep668.Pip.Settings;

/// <summary>
/// The folders that files of distutils name for installs: <c>[install]</c> in <c>distutils.cfg</c>,
/// <c>.pydistutils.cfg</c> and <c>setup.cfg</c>. pip asks distutils with each Python before 3.10
/// (<c>_USE_SYSCONFIG_DEFAULT</c> in <c>pip/_internal/locations/__init__.py</c>), and before pip 21.3 with all.
/// </summary>
internal sealed partial class DistutilsSettings
{
    private const string Section = "install";

    // In distutils/command/install.py. Headers are in no environment, and install-base is only a variable.
    private static readonly string[] Keys =
    [
        "install_lib", "install_purelib", "install_platlib", "install_scripts", "install_data", "prefix", "exec_prefix", "home", "root",
    ];

    private readonly Machine _machine;
    private readonly PythonEnvironment _environment;
    private readonly (string? Base, string? Site) _user;
    private readonly Dictionary<string, PipSetting> _found = new(StringComparer.Ordinal);

    private DistutilsSettings(Machine machine, PythonEnvironment environment, (string? Base, string? Site) user) =>
        (_machine, _environment, _user) = (machine, environment, user);

    private bool IsPython2 => _environment.VersionInfo?.Major == 2;

    /// <summary>Those in effect, with their values as distutils expands them.</summary>
    /// <param name="machine">Where pip runs.</param>
    /// <param name="environment">Whose pip runs.</param>
    /// <param name="pip">Its release.</param>
    /// <param name="isolated">Whether <c>--isolated</c> is in effect, which ignores the user's file.</param>
    /// <param name="user">The folders <c>userbase</c> and <c>usersite</c>.</param>
    internal static IReadOnlyList<PipSetting> Read(
        Machine machine, PythonEnvironment environment, PipRelease pip, bool isolated, (string? Base, string? Site) user)
    {
        if (environment.VersionInfo >= new Version(3, 10) && pip.UsesSysconfig)
        {
            return [];
        }
        var settings = new DistutilsSettings(machine, environment, user);
        settings.ReadFiles(isolated);
        settings.Ignore();
        PipSetting[] found = [.. settings._found.Values];
        return [.. found.Select(settings.Expanded)];
    }

    // Distribution.find_config_files: the later file counts. After a file that is not valid pip reads no other, or
    // fails.
    private void ReadFiles(bool isolated)
    {
        (PipOverrideSource Source, string? Path)[] files =
        [
            (PipOverrideSource.GlobalFile,
                _environment.StdLib is string library ? Path.Combine(library, "distutils", "distutils.cfg") : null),
            (PipOverrideSource.UserFile, isolated ? null : UserFile()),
            (PipOverrideSource.ConfigFile, _machine.FromHere("setup.cfg")),
        ];
        foreach ((PipOverrideSource source, string? path) in files)
        {
            if (path is null)
            {
                continue;
            }
            PipConfigContent content = PipConfigReader.Read(_machine, path, _environment);
            if (content.Problem is not null)
            {
                break;
            }
            ReadFile(source, path, content);
        }
    }

    private string? UserFile()
    {
        bool isWindows = _machine.Platform == Platform.Windows;
        // os.path.expanduser on Windows: HOME, up to Python 3.7.
        string? home = isWindows && !(_environment.VersionInfo >= new Version(3, 8)) && _machine.Variable("HOME") is string named
            ? named : UserFolders.Home(_machine);
        return home is null ? null : _machine.FromHere(Path.Combine(home, isWindows ? "pydistutils.cfg" : ".pydistutils.cfg"));
    }

    private void ReadFile(PipOverrideSource source, string path, PipConfigContent content)
    {
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        foreach ((_, string written, string value) in content.Options.Where(one => one.Section is Section))
        {
            options[written] = value;
        }
        foreach ((string written, string value) in options)
        {
            string key = written.Replace('-', '_');
            if (Keys.Contains(key) && !IsIgnored(written))
            {
                _found[key] = new(source, path, Section, key, Interpolated(value, options), 0) { Name = $"{Section}.{written}" };
            }
        }
    }

    // Distribution.parse_config_files of Python 3 ignores these in a virtual environment as they are spelled with "-",
    // not with "_".
    private bool IsIgnored(string written) =>
        _environment.IsVirtual && !IsPython2 && !written.Contains('_', StringComparison.Ordinal);

    private void Ignore()
    {
        // distutils_scheme of pip: install_lib counts for all modules.
        if (_found.ContainsKey("install_lib"))
        {
            _found.Remove("install_purelib");
            _found.Remove("install_platlib");
        }
        // virtualenv's _virtualenv.py, patch_dist.
        if (_environment.IsVirtual
            && _environment.SitePackages.Any(folder => _machine.Files.IsFile(Path.Combine(folder, "_virtualenv.py"))))
        {
            foreach (string key in (string[])["prefix", "install_purelib", "install_platlib", "install_scripts", "install_data"])
            {
                _found.Remove(key);
            }
        }
    }

    // ConfigParser interpolates; that of Python 2 only where there is "%(".
    private string Interpolated(string value, Dictionary<string, string> options)
    {
        const int deepest = 10; // MAX_INTERPOLATION_DEPTH
        string result = value;
        for (int depth = 0; depth < deepest && result.Contains("%(", StringComparison.Ordinal); depth++)
        {
            result = Reference().Replace(result, match =>
                options.GetValueOrDefault(match.Groups["name"].Value.ToLowerInvariant(), match.Value));
        }
        return IsPython2 && !value.Contains("%(", StringComparison.Ordinal) ? result : result.Replace("%%", "%", StringComparison.Ordinal);
    }

    // _expand_attrs of the command install, and what an empty value means in a path.
    private PipSetting Expanded(PipSetting setting)
    {
        string value = setting.Value;
        if (value is "~" or ['~', '/', ..] && UserFolders.Home(_machine) is string home)
        {
            value = home + value[1..];
        }
        value = Variable().Replace(value, match => ValueOf(match.Groups["name"].Value) ?? match.Value);
        return setting with { Value = value.Length > 0 ? value : setting.Key is "prefix" or "exec_prefix" or "home" ? "/" : "." };
    }

    private string? ValueOf(string variable) => variable switch
    {
        "base" or "platbase" => (_found.GetValueOrDefault("home") ?? _found.GetValueOrDefault("prefix"))?.Value ?? _environment.Prefix,
        "prefix" or "exec_prefix" or "sys_prefix" or "sys_exec_prefix" => _environment.Prefix,
        "py_version" => _environment.Version,
        "py_version_short" => _environment.VersionInfo?.ToString(2),
        "py_version_nodot" => _environment.VersionInfo?.ToString(2).Replace(".", "", StringComparison.Ordinal),
        "platlibdir" => "lib",
        "userbase" => _user.Base,
        "usersite" => _user.Site,
        _ => _machine.Variable(variable),
    };

    [GeneratedRegex(@"%\((?<name>[^)]+)\)s", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\$(?<name>[a-zA-Z_][a-zA-Z_0-9]*)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
