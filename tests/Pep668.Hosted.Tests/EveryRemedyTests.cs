using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pep668.Shells;

namespace Pep668.Hosted.Tests;

/// <summary>Every remedy is parsed and bound to the parameters of the module's cmdlets, in this process and in a
/// pwsh.</summary>
public sealed class EveryRemedyTests : IDisposable
{
    // Functions in place of the module's cmdlets, with their parameters; of other programs; and of Remove-Item.
    private const string Functions = """
        $ErrorActionPreference = 'Stop'
        function global:Add-Call([string] $Name, [System.Collections.IDictionary] $Bound) {
            $values = @{}
            foreach ($key in $Bound.Keys) { $values[$key] = @($Bound[$key] | ForEach-Object { "$_" }) }
            $global:calls.Add(@{ name = $Name; bound = $values })
        }
        foreach ($cmdlet in Get-Command -Module Pep668 -CommandType Cmdlet) {
            $meta = [System.Management.Automation.CommandMetadata]::new($cmdlet)
            $binding = [System.Management.Automation.ProxyCommand]::GetCmdletBindingAttribute($meta)
            $parameters = [System.Management.Automation.ProxyCommand]::GetParamBlock($meta)
            Set-Item "function:global:$($cmdlet.Name)" (
                "$binding`nparam($parameters)`nprocess { Add-Call '$($cmdlet.Name)' `$PSBoundParameters; './.venv' }")
        }
        foreach ($program in $data.programs) {
            Set-Item "function:global:$program" "Add-Call '$program' @{ arguments = `$args }"
        }
        function global:Remove-Item {
            [CmdletBinding()]
            param([Parameter(Position = 0)] [string[]] $Path, [string[]] $LiteralPath, [switch] $Recurse, [switch] $Force)
            Add-Call 'Remove-Item' $PSBoundParameters
        }

        """;

    private const string Run = Functions + """
        foreach ($command in $data.commands) {
            $global:calls = [System.Collections.Generic.List[object]]::new()
            $tokens = $errors = $failed = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($command, [ref] $tokens, [ref] $errors)
            if ($errors.Count -eq 0) {
                try { $null = & ([scriptblock]::Create($command)) } catch { $failed = "$_" }
            }
            $out.Add(@{ errors = @($errors | ForEach-Object { $_.Message }); failed = $failed; calls = $global:calls })
        }
        """;

    private static readonly Assembly[] Assemblies = [typeof(Failure).Assembly, Assembly.LoadFrom(SourceTree.Module)];

    private readonly MessageCatalog _catalog = new();

    private sealed record Call(
        [property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("bound")] Dictionary<string, string[]> Bound);

    private sealed record Result(
        [property: JsonPropertyName("errors")] string[] Errors, [property: JsonPropertyName("failed")] string? Failed,
        [property: JsonPropertyName("calls")] Call[] Calls);

    public void Dispose() => _catalog.Dispose();

    [Fact]
    public void Messages_of_the_module_have_the_required_form()
    {
        string[] faults = [.. _catalog.Plain(Assemblies[1]).SelectMany(message => MessageRules.FaultsOf(message)
            .Concat(message.Remedies.SelectMany(MessageRules.FaultsOf)).Select(fault => $"{message.Source}: {fault}: {message.Text}"))
            .Distinct()];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Module_has_every_cmdlet_and_parameter()
    {
        using var session = new Session(SourceTree.Manifest);
        foreach (ProductCommandNames names in ProductCommandNames.All.Values)
        {
            HashSet<string> found =
                [.. session.Run("param($name) (Get-Command $name -Module Pep668).Parameters.Keys", names.Cmdlet).Output];
            Assert.All(names.Parameters, one => Assert.Contains(one.Cmdlet ?? one.Parameter.ToString(), found));
            Assert.All(names.Parameters.Where(one => one.Cmdlet is null), one => Assert.Equal(["0"], session.Run(
                "param($name, $parameter) (Get-Command $name).Parameters[$parameter].Attributes.Position | Where-Object { $_ -ge 0 } | " +
                "Select-Object -First 1",
                names.Cmdlet, one.Parameter.ToString()).Output));
        }
    }

    [Fact]
    public void Values_of_every_remedy_are_bound_in_this_process()
    {
        (Remedy Remedy, string Command)[] all = [.. Remedies()];
        using var session = new Session(SourceTree.Manifest);
        Outcome outcome = session.Run($$"""
            param([string] $json)
            $data = $json | ConvertFrom-Json -AsHashtable
            $out = [System.Collections.Generic.List[object]]::new()
            {{Run}}
            ConvertTo-Json -Depth 9 -Compress -InputObject $out
            """, Json(all));
        Assert.Empty(outcome.ErrorIds);
        AssertBound(all, Assert.Single(outcome.Output));
    }

    [Fact]
    public void Values_of_every_remedy_are_bound_in_pwsh()
    {
        TestExtent.NeedFull(); // the same commands are bound in this process in every run
        (Remedy Remedy, string Command)[] all = [.. Remedies()];
        AssertBound(all, ShellOracle.PowerShell(
            $"Import-Module '{SourceTree.Manifest.Replace("'", "''", StringComparison.Ordinal)}'\n{Run}", Json(all)));
    }

    private static string Json((Remedy Remedy, string Command)[] all) => JsonSerializer.Serialize(new
    {
        commands = all.Select(one => one.Command),
        programs = RemedyCalls.Programs(all.Select(one => one.Remedy)).Where(one => one is not "rm"),
    });

    private static void AssertBound((Remedy Remedy, string Command)[] all, string json)
    {
        Result[] results = JsonSerializer.Deserialize<Result[]>(json)!;
        Assert.Equal(all.Length, results.Length);
        string[] faults = [
            .. all.Zip(results).SelectMany(one => Faults(one.First.Remedy, one.Second).Select(fault => $"{one.First.Command}\n  {fault}"))];
        Assert.True(faults.Length == 0, $"{faults.Length} faults in {all.Length} commands:\n{string.Join('\n', faults.Take(40))}");
    }

    private static IEnumerable<string> Faults(Remedy remedy, Result result)
    {
        if (result.Errors.Length > 0 || result.Failed is not null)
        {
            return [.. result.Errors, .. result.Failed is null ? (string[])[] : [result.Failed]];
        }
        string[] expected = [.. remedy.Steps.Select((step, index) => Shown(Expected(step, index)))],
            found = [.. result.Calls.Select(Shown)];
        return expected.SequenceEqual(found)
            ? []
            : [$"{string.Join("\n    ", found)}\n  instead of\n    {string.Join("\n    ", expected)}"];
    }

    private static Call Expected(RemedyStep step, int index) => step switch
    {
        ProductStep product => new(ProductCommandNames.All[product.Command].Cmdlet, Bound(product, product.IsPiped && index > 0)),
        ProgramStep { NeedsRoot: true } program => new("sudo", new(StringComparer.Ordinal) { ["arguments"] = [.. program.Arguments] }),
        ProgramStep program => new(program.Arguments[0], new(StringComparer.Ordinal) { ["arguments"] = [.. program.Arguments.Skip(1)] }),
        RemovePathStep { NeedsRoot: true } remove => new("sudo", new(StringComparer.Ordinal)
        {
            ["arguments"] = ["rm", remove.AreFolders ? "-rf" : "-f", "--", .. remove.Paths],
        }),
        RemovePathStep { AreFolders: true } remove => new("Remove-Item", new(StringComparer.Ordinal)
        {
            ["LiteralPath"] = [.. remove.Paths], ["Recurse"] = ["True"], ["Force"] = ["True"],
        }),
        RemovePathStep remove => new("Remove-Item", new(StringComparer.Ordinal) { ["LiteralPath"] = [.. remove.Paths] }),
        UnsetVariableStep unset => new("Remove-Item", new(StringComparer.Ordinal) { ["Path"] = ["Env:" + unset.Name] }),
        _ => throw new InvalidOperationException(step.ToString()),
    };

    private static Dictionary<string, string[]> Bound(ProductStep step, bool isPiped)
    {
        ProductCommandNames names = ProductCommandNames.All[step.Command];
        Dictionary<string, string[]> bound = step.Arguments
            .Where(one => !isPiped || one.Parameter != ProductParameter.Environment)
            .ToDictionary(one => names.Find(one.Parameter)!.Cmdlet ?? one.Parameter.ToString(),
                one => one.Values.Count == 0 ? (string[])["True"] : [.. one.Values], StringComparer.Ordinal);
        if (isPiped)
        {
            bound[step.Command is ProductCommand.Install or ProductCommand.Uninstall ? "InputObject" : "Environment"] = ["./.venv"];
        }
        return bound;
    }

    private static string Shown(Call call)
    {
        IEnumerable<string> bound = call.Bound.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => $"{one.Key}=<{string.Join("|", one.Value)}>");
        return $"{call.Name} {string.Join(' ', bound)}";
    }

    private IEnumerable<(Remedy Remedy, string Command)> Remedies() =>
        (from assembly in Assemblies
         from message in _catalog.Plain(assembly).Concat(_catalog.Hostile(assembly, TestExtent.Count(12)))
         from remedy in message.Remedies
         let callable = remedy.Callable()
         let command = PowerShellRenderer.Instance.Render(callable)
         where command is not null
         select (callable, command)).DistinctBy(one => one.command);
}
