using System.Text.Json;

namespace Pep668.Tests;

/// <summary>Real Ansible with the collection, in the world of a companion, whose machine is its only target.</summary>
internal sealed class AnsibleWorld : IDisposable
{
    private const string Name = "ansible_collections/pep668/pep668";

    internal AnsibleWorld()
    {
        Assert.SkipUnless(Tool.Exists("ansible-playbook"), "needs ansible-core");
        foreach (string folder in (string[])["/home/user/project", "/collections", "/bin"])
        {
            Companion.World.CreateFolder(folder);
        }
        Companion.Set("PATH", Path).Set("LANG", "C.UTF-8").Set("ANSIBLE_COLLECTIONS_PATH", Companion.At("/collections"))
            .Set("ANSIBLE_NOCOLOR", "1").Set("ANSIBLE_LOCALHOST_WARNING", "0").Set("ANSIBLE_INVENTORY_UNPARSED_WARNING", "0")
            .Set("ANSIBLE_PYTHON_INTERPRETER", "/usr/bin/python3").Set("PEP668_CACHE_DIR", SharedSeeds.Cache);
    }

    internal Companion Companion { get; } = new();

    /// <summary>The installed collection.</summary>
    internal string Collection => System.IO.Path.Combine(Companion.At("/collections"), Name);

    private string Path => Companion.At("/bin") + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

    public void Dispose() => Companion.Dispose();

    /// <summary>The collection of the source tree, without a program.</summary>
    internal AnsibleWorld WithSource()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Collection)!);
        Tool.Run("cp", ["-r", SourceTree.File("ansible"), Collection]).Checked();
        return this;
    }

    /// <summary>The collection as it is packed and installed.</summary>
    /// <param name="program">The program in it; null for none.</param>
    internal AnsibleWorld WithArchive(string? program = null)
    {
        string folder = Companion.At("/archive");
        Tool.RunPwsh([SourceTree.File("build/New-AnsibleCollection.ps1"), .. program is null ? (string[])[] : ["-Program", program],
            "-Destination", folder]).Checked();
        Run("ansible-galaxy", "collection", "install", Directory.GetFiles(folder).Single(), "-p", Companion.At("/collections")).Exits(0);
        return this;
    }

    /// <summary>The companion as <c>pep668</c> of the target's PATH.</summary>
    internal AnsibleWorld WithCompanion() =>
        WithProgram("pep668", $"exec {string.Join(' ', Companion.Command.Select(one => $"'{one}'"))} \"$@\"");

    /// <summary>A script on the target's PATH.</summary>
    internal AnsibleWorld WithProgram(string name, string line)
    {
        string path = System.IO.Path.Combine(Companion.At("/bin"), name);
        File.WriteAllText(path, $"#!/bin/sh\n{line}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        return this;
    }

    internal CompanionResult Run(params string[] command) => Companion.Finish(Companion.Start([Tool.Find(command[0])!, .. command[1..]]));

    /// <summary>Runs a playbook with variables.</summary>
    internal CompanionResult Play(string playbook, Dictionary<string, string> variables, params string[] options) =>
        Run(["ansible-playbook", playbook, "-e", JsonSerializer.Serialize(variables), .. options]);

    /// <summary>Runs one task, and returns what Ansible prints.</summary>
    internal CompanionResult Task(string module, string arguments) =>
        Run("ansible", "localhost", "-m", "pep668.pep668." + module, "-a", arguments);
}
