namespace Pep668.Benchmarks.Processes;

/// <summary>What an unchanged state costs a configuration tool.</summary>
internal static class ResourceContestants
{
    private const string Ansible = "An unchanged package, for Ansible: the module's own process",
        Dsc = "An unchanged virtual environment, for DSC";

    /// <summary>The commands.</summary>
    /// <param name="folder">A folder for their files.</param>
    /// <param name="companion">The companion, compiled ahead of time.</param>
    /// <param name="module">The folder of the published module.</param>
    internal static IEnumerable<Contestant> All(string folder, string companion, Func<string> module)
    {
        string venv = Path.Combine(folder, "venv-state");
        if (!new Contestant("", "pep668 venv", companion, "venv", venv, "--python", "/usr/bin/python3").IsHere())
        {
            yield break;
        }
        // The name of the program is the name of the module.
        string program = Path.Combine(folder, "pep668_pip"), ours = Path.Combine(folder, "ours.json"),
            theirs = Path.Combine(folder, "theirs.json");
        File.Copy(companion, program);
        File.WriteAllText(ours, $$"""{"environment": "{{venv}}", "name": "pip", "_ansible_check_mode": false}""");
        File.WriteAllText(theirs, $$$"""{"ANSIBLE_MODULE_ARGS": {"virtualenv": "{{{venv}}}", "name": "pip"}}""");
        yield return new(Ansible, "pep668_pip", program, ours);
        yield return new(Ansible, "ansible.builtin.pip", "/usr/bin/python3", "-m", "ansible.modules.pip", theirs);

        string state = Path.Combine(folder, "state.json"), empty = Path.Combine(folder, "empty.ps1");
        File.WriteAllText(state, $$"""{"path": "{{venv}}"}""");
        File.WriteAllText(empty, "");
        string bin = module();
        yield return new(Dsc, "an empty script", "pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-File", empty);
        foreach (string operation in (string[])["get", "test", "set"])
        {
            yield return new(Dsc, $"Pep668/PythonVenv {operation}", "/bin/sh", "-c",
                "pwsh -NoLogo -NoProfile -NonInteractive -File \"$0/Pep668.Resource.ps1\" PythonVenv \"$1\" < \"$2\"",
                bin, operation, state);
        }
    }
}
