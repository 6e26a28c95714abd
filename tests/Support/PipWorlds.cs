using System.Text;

namespace Pep668.Tests;

/// <summary>Random configuration files and variables of pip, from common contents and contents that are difficult to
/// read.</summary>
internal sealed class PipWorlds(string folder, int seed)
{
    private readonly Random _random = new(seed);

    internal IReadOnlyList<PipCase> Make(int count) => [.. Enumerable.Range(0, count).Select(One)];

    private PipCase One(int number)
    {
        string here = Directory.CreateDirectory(Path.Combine(folder, $"{number}")).FullName;
        string home = Path.Combine(here, "home");
        Directory.CreateDirectory(Path.Combine(here, "work"));
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin", ["LC_ALL"] = "C.UTF-8" };
        variables["HOME"] = Pick(home, home, home, home + "/", home + "//");
        File(0.5, $"{home}/.pip/pip.conf");
        File(0.6, $"{home}/.config/pip/pip.conf");
        File(0.7, $"{here}/one/pip/pip.conf");
        File(0.5, $"{here}/two/pip/pip.conf");
        File(0.2, $"{here}/work/pip/pip.conf");
        File(0.2, $"{here}/work/~/pip/pip.conf");
        File(0.2, $"{here}/work/pip.conf");
        File(0.2, $"{home}/dirs/pip/pip.conf");
        File(0.3, $"{here}/xdg/pip/pip.conf");
        File(0.6, $"{here}/named.conf");
        bool hasPrefix = _random.Next(3) > 0;
        if (hasPrefix)
        {
            Directory.CreateDirectory($"{here}/site");
            File(0.7, $"{here}/site/pip.conf");
        }
        Variable("XDG_CONFIG_DIRS", 0.8, $"{here}/one", $"{here}/one:{here}/two", $"{here}/two:{here}/one/", $"{here}/one", "", " ",
            $":{here}/one", $"~/dirs:{here}/two", "../one", "~", $"{here}/one::{here}/two", $" {here}/one ", ":", $"{here}/one//:.");
        Variable("XDG_CONFIG_HOME", 0.3, $"{here}/xdg", "", " ", "../xdg", $"{here}/one", $" {here}/xdg");
        Variable("PIP_CONFIG_FILE", 0.5, $"{here}/named.conf", $"{here}/named.conf", "../named.conf", $"{here}/missing.conf", "/dev/null",
            "/dev/../dev/null", "", $"{here}/one", $"{here}/one/pip/pip.conf", $"{here}/site/pip.conf", "~/.pip/pip.conf");
        Variable("PIP_BREAK_SYSTEM_PACKAGES", 0.3, "1", "0", "", "True", "oFF", " 1", "maybe", "y");
        if (!variables.ContainsKey("PIP_BREAK_SYSTEM_PACKAGES"))
        {
            Variable("PIP_break_system-packages", 0.05, "1"); // of two spellings the later in the process's block counts, which nobody sees
        }
        Variable("PIP___USER", 0.1, "1", "no");
        Variable("PIP_VERSION", 0.2, "1");
        Variable("PIP_help", 0.1, "1");
        Variable("PIP_VERBOSE", 0.2, "2", "yes", "", "-1", " 3 ", "x", "0");
        Variable("pip_user", 0.1, "1");
        return new($"{number}", variables, $"{here}/work", hasPrefix ? $"{here}/site" : null, _random.Next(6) == 0);

        void Variable(string name, double chance, params string[] values)
        {
            if (_random.NextDouble() < chance)
            {
                variables[name] = Pick(values);
            }
        }

        void File(double chance, string path)
        {
            if (_random.NextDouble() < chance)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                System.IO.File.WriteAllBytes(path, Text());
            }
        }
    }

    private byte[] Text()
    {
        var text = new StringBuilder();
        string[] sections = [.. ((string[])["global", "install", "uninstall", ":env:", "DEFAULT", "Global", "global.x", "download"]).Where(
            (_, index) => _random.NextDouble() < (index < 2 ? 0.7 : 0.15))];
        foreach (string section in sections)
        {
            text.Append(Pick("[", "[", "[", "[", "[", "# one\n[")).Append(section).Append(Pick("]\n", "]\n", "]\r\n", "] # rest\n"));
            string[] keys = ["break-system-packages", "break_system_packages", "--break-system-packages", "user", "verbose",
                "Require_Virtualenv", "pre", "index-url"];
            foreach (string key in keys.Where(_ => _random.NextDouble() < 0.25).OrderBy(_ => _random.Next()))
            {
                string value = Pick("true", "1", "no", "0", "", "on", "False", "t", "YES");
                value = _random.Next(25) == 0
                    ? Pick("maybe", "1 ; one", "yes # two", "\n  yes", "%(x)s", "tr\u00FCe", "\"\"", "2", "ye\n\n s", "; 1") : value;
                text.Append(_random.Next(12) == 0 ? key.ToUpperInvariant() : key).Append(Pick(" = ", "=", ": ", " : ")).Append(value)
                    .Append(Pick("\n", "\n", "\n\n", "\r\n"));
            }
        }
        string whole = text.ToString();
        return Encoding.UTF8.GetBytes(_random.Next(120) switch
        {
            0 => "user = 1\n" + whole,
            1 => "\uFEFF" + whole,
            2 => whole + "[one]\nuser = 1\nUser = 0\n",
            3 => whole + "[two]\n[two]\n",
            4 => whole + "no delimiter\n",
            5 => whole + "REM a remark\n",
            6 => "",
            7 => whole + "[three]]\nuser = 1\n",
            _ => whole,
        }) is var bytes && _random.Next(200) == 0 ? [.. bytes, (byte)'#', 0xE9, (byte)'\n'] : bytes;
    }

    private string Pick(params string[] values) => values[_random.Next(values.Length)];
}
