using System.Globalization;
using Pep668.DesiredState;
using Pep668.Discovery;
using Pep668.Machines;

namespace Pep668.Cli.Ansible;

/// <summary>The companion as a module of Ansible.</summary>
internal static class AnsibleProgram
{
    // Ansible puts the first in front of the name of what it transfers. A collection has one program for all modules,
    // whose name starts with "__", so that it is not listed as a module.
    private const string Transferred = "AnsiballZ_", Shared = "pep668_linux_";

    private const int LongestInput = 16 << 20;

    /// <summary>Whether the program was started as a module: it has the name of one, and one argument.</summary>
    /// <param name="program">The path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="module">The module; null if a parameter has its name.</param>
    internal static bool IsModule(string? program, IReadOnlyList<string> arguments, out AnsibleModule? module)
    {
        string name = Path.GetFileName(program) ?? "";
        name = name.StartsWith(Transferred, StringComparison.Ordinal) ? name[Transferred.Length..] : name;
        module = AnsibleModule.Find(name);
        return arguments.Count == 1 && (module is not null || name.TrimStart('_').StartsWith(Shared, StringComparison.Ordinal));
    }

    /// <summary>Runs a module with the parameters in a file.</summary>
    internal static int Run(Machine machine, Output output, AnsibleModule? module, string file)
    {
        try
        {
            FileContent content = machine.Files.Read(machine.Absolute(file), LongestInput);
            return content.Bytes is byte[] bytes ? Run(machine, output, module, bytes)
                : Fail(output, [CompanionMessages.NoParameters(file, content.Problem ?? "")], []);
        }
        catch (CurrentFolderException error)
        {
            return Fail(output, [DiscoveryMessages.NoCurrentFolder(error.Path)], []);
        }
    }

    /// <summary>Runs a module.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="output">Where its result is written.</param>
    /// <param name="module">The module; null if a parameter has its name.</param>
    /// <param name="json">Its parameters.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(Machine machine, Output output, AnsibleModule? module, ReadOnlyMemory<byte> json)
    {
        Outcome<AnsibleRequest> read = AnsibleInput.Read(module, json);
        if (!read.TryGet(out AnsibleRequest? request, out _))
        {
            return Fail(output, read.Failures, []);
        }
        using var interruption = new Interruption();
        var host = new ResourceHost(machine, CultureInfo.CurrentUICulture.Name, interruption.Token);
        ResourceType resource = request.Module.Resource;
        if (!resource.CanSet)
        {
            return Show(output, resource.Export(host, request.Desired), hasChanged: false, AnsibleResult.FromStates);
        }
        Outcome<ResourceChange> outcome = resource.Set(host, request.Desired, request.IsCheck, out bool hasChanged);
        return Show(output, outcome, hasChanged, (change, notices) => AnsibleResult.FromChange(request, change, notices));
    }

    private static int Show<T>(Output output, Outcome<T> outcome, bool hasChanged, Func<T, IReadOnlyList<Notice>, byte[]> result)
        where T : class
    {
        if (!outcome.TryGet(out T? value, out _))
        {
            return Fail(output, outcome.Failures, outcome.Notices, hasChanged);
        }
        output.JsonLine(result(value, outcome.Notices));
        return ExitCodes.Done;
    }

    private static int Fail(Output output, IReadOnlyList<Failure> failures, IReadOnlyList<Notice> notices, bool hasChanged = false)
    {
        output.JsonLine(AnsibleResult.FromFailures(failures, notices, hasChanged));
        return ExitCodes.ModuleFailed;
    }
}
