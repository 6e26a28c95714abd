using System.Globalization;

namespace Pep668.Benchmarks.Processes;

/// <summary>Who lists the distributions of an environment, and who finds the packages that own files.</summary>
internal static class PackageContestants
{
    private const string Distributions = "The distributions of an environment with 1,000",
        Owners = "The owners of a system's distributions",
        Conflicts = "What past installs have broken on a machine";
    private const string Python = "/usr/bin/python3", System = "/usr/lib/python3/dist-packages";
    private const int MaximumFiles = 5000;

    internal static IEnumerable<Contestant> All(string folder, string companion)
    {
        string venv = Path.Combine(folder, "venv-1000");
        var maker = new Contestant("", "pep668 venv", companion, "venv", venv, "--python", Python);
        if (!maker.IsHere())
        {
            yield break;
        }
        string site = Directory.GetDirectories(Path.Combine(venv, "lib")).Select(one => Path.Combine(one, "site-packages")).First();
        for (int number = 0; number < 1_000; number++)
        {
            Install(site, number);
        }
        yield return new(Distributions, "pep668 packages --json", companion, "packages", venv, "--json");
        yield return new(Distributions, "uv pip list --format json",
            "uv", "pip", "list", "--offline", "--python", venv, "--format", "json");
        yield return new(Distributions, "pip list --format json", Path.Combine(venv, "bin", "pip"), "--disable-pip-version-check", "list",
            "--format", "json");
        yield return new(Distributions, "importlib.metadata", Path.Combine(venv, "bin", "python"), "-c",
            "from importlib import metadata\nfor one in metadata.distributions():\n"
            + "    print(one.metadata['Name'], one.version, one.read_text('INSTALLER'))");
        yield return new(Distributions, "pep668 --version (start and nothing else)", companion, "--version");

        // It ends with 1 if it finds something.
        yield return new(Conflicts, "pep668 conflicts --json", "/bin/sh", "-c", "\"$0\" conflicts --json; test $? -le 1", companion);
        yield return new(Owners, "pep668 packages /usr/bin/python3 --json", companion, "packages", Python, "--json");
        if (Directory.Exists(System))
        {
            string[] files = [.. Directory.EnumerateFiles(System, "*.py", SearchOption.AllDirectories).Take(MaximumFiles)];
            yield return new(Owners, $"dpkg -S, {files.Length.ToString(CultureInfo.InvariantCulture)} files", ["dpkg", "-S", .. files]);
        }
    }

    // What pip leaves of a project of usual size.
    private static void Install(string site, int number)
    {
        string name = number.ToString("'package_'0000", CultureInfo.InvariantCulture);
        string version = FormattableString.Invariant($"{number % 9}.{number % 13}.{number % 7}");
        string info = Path.Combine(site, $"{name}-{version}.dist-info"), module = Path.Combine(site, name);
        Directory.CreateDirectory(info);
        Directory.CreateDirectory(module);
        File.WriteAllText(Path.Combine(module, "__init__.py"), "");
        File.WriteAllText(Path.Combine(info, "METADATA"), FormattableString.Invariant($"""
            Metadata-Version: 2.1
            Name: {name.Replace('_', '-')}
            Version: {version}
            Summary: A package
            License: MIT
            Requires-Dist: other>=1

            {string.Concat(Enumerable.Repeat("word ", 2_000))}

            """));
        File.WriteAllText(Path.Combine(info, "RECORD"), string.Concat(Enumerable.Range(0, 40).Select(file =>
            FormattableString.Invariant($"{name}/m{file}.py,sha256=4bQJ5PUYyA4UPcPqQ3YcS5D5pWfZQKd1nqyvVqJ9fQg,{file * 100}\n"))));
        File.WriteAllText(Path.Combine(info, "WHEEL"), "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        File.WriteAllText(Path.Combine(info, "INSTALLER"), "pip\n");
        if (number % 3 == 0)
        {
            File.WriteAllText(Path.Combine(info, "REQUESTED"), "");
        }
    }
}
