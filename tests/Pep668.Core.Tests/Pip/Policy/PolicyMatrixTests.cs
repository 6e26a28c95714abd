using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;

namespace Pep668.Tests.Pip.Policy;

/// <summary>The policy compared with real pips: it refuses what they refuse, and in addition only the bypasses named
/// here.</summary>
public sealed class PolicyMatrixTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-policy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A kind of environment, the seed of its cases, and the bypasses of its pip that occur in it.</summary>
    public static TheoryData<string, int, string[]> Environments()
    {
        string[] anyDestination = [nameof(PolicyBypass.Prefix), nameof(PolicyBypass.Root), nameof(PolicyBypass.Target)];
        string[] unaware = [nameof(PolicyBypass.OldPip), .. anyDestination];
        string[] fromVenv = [nameof(PolicyBypass.Prefix), nameof(PolicyBypass.Target)];
        var kinds = new TheoryData<string, int, string[]>
        {
            // Options for another destination disable the check of pip, whatever the destination.
            { "system", 1345, anyDestination },

            // A virtual environment is not managed, but its pip must not write into a managed destination.
            { "venv newest", 1390, fromVenv },

            // It does not implement PEP 668.
            { "copy 2.7", 1340, unaware },
        };
        if (TestExtent.IsFull)
        {
            // It is not managed either; there are managed ones that it must not write into.
            kinds.Add("conda previous", 1459, []);
            kinds.Add("copy newest", 1386, anyDestination);
            kinds.Add("conda previous with marker", 2609, anyDestination);
            kinds.Add("system venv", 1824, fromVenv);
            kinds.Add("plain previous", 1474, []);
            kinds.Add("copy 3.6", 1340, unaware);
            kinds.Add("copy 3.7", 1341, unaware);
        }
        foreach (string wheel in (Environment.GetEnvironmentVariable("PEP668_PIP_WHEELS") ?? "").Split(Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries))
        {
            kinds.Add("copy newest " + wheel, 1386, [nameof(PolicyBypass.Prefix), nameof(PolicyBypass.Root), nameof(PolicyBypass.Target)]);
        }
        return kinds;
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Policy_refuses_what_pip_refuses_and_the_named_bypasses(string kind, int usual, string[] holes) =>
    RandomSeed.Fixed(usual).Run(seed =>
    {
        (string executable, string? wheel, PythonEnvironment managed) = Make(kind);
        PythonEnvironment environment = Read(executable);
        string? version = wheel is null ? environment.PipVersion : Path.GetFileName(wheel).Split('-')[1];
        IReadOnlyList<PolicyCase> cases = new PolicyCases(Path.Combine(_folder, "cases"), seed, environment, managed).Make(25);
        IReadOnlyList<(PolicyEnd End, string Text)> ends = PolicyOracle.Ask(executable, wheel, cases);

        var found = new HashSet<string>();
        var differences = new List<string>();
        var agreed = new Dictionary<PolicyEnd, int>();
        foreach ((PolicyCase one, (PolicyEnd end, string text)) in cases.Zip(ends))
        {
            PipVerdict verdict =
                PipPolicy.Decide(one.ToMachine(), one.ToRequest(environment), MarkerLanguage.Untranslated, PipProgram.OfVersion(version));
            PolicyEnd ours = verdict.Refusal?.Id switch
            {
                null => PolicyEnd.Proceeds,
                FailureId.ExternallyManagedEnvironment => PolicyEnd.Refuses,
                FailureId.VenvRequired => PolicyEnd.WantsVenv,
                _ => PolicyEnd.Stops,
            };
            agreed[end] = agreed.GetValueOrDefault(end) + 1;
            if (ours == PolicyEnd.Refuses && end == PolicyEnd.Proceeds && verdict.Bypass != PolicyBypass.None)
            {
                found.Add(verdict.Bypass.ToString());
            }
            else if (ours != end && end != PolicyEnd.Stops) // where pip stops by itself nothing happens, whatever we say
            {
                differences.Add(
                    $"{one.Name}: pip {end}, we {ours} ({verdict.Bypass})\n  {one.Command} {string.Join(' ', one.Arguments)}\n  " +
                    $"{string.Join(' ', one.Variables)}\n  {one.Config}\n  {text}");
            }
        }
        Assert.True(differences.Count == 0, $"{differences.Count} of {cases.Count}:\n{string.Join('\n', differences.Take(6))}");
        // The fixed seeds are such that every bypass occurs.
        Assert.Subset(holes.ToHashSet(), found);
        Assert.True(seed != usual || found.Count == holes.Length, $"found only {string.Join(", ", found)}");
        Assert.True(agreed.GetValueOrDefault(PolicyEnd.Proceeds) > cases.Count / 6, "pip hardly ever went ahead");
        Assert.Equal(environment.IsExternallyManaged && !holes.Contains(nameof(PolicyBypass.OldPip)),
            agreed.GetValueOrDefault(PolicyEnd.Refuses) > 10);
    });

    public static TheoryData<string, string> Overridden()
    {
        var kinds = new TheoryData<string, string>
        {
            { "copy 3.9", nameof(OverrideMeans.Flag) },
            { "copy 2.7", nameof(OverrideMeans.Nothing) },
        };
        if (TestExtent.IsFull)
        {
            kinds.Add("copy newest", nameof(OverrideMeans.Flag));
            kinds.Add("copy 3.6", nameof(OverrideMeans.Nothing));
            kinds.Add("system", nameof(OverrideMeans.Flag));
            kinds.Add("copy 3.7", nameof(OverrideMeans.Nothing));
        }
        return kinds;
    }

    [Theory]
    [MemberData(nameof(Overridden))]
    public void Policy_override_works_with_every_pip(string kind, string means)
    {
        (string executable, _, PythonEnvironment environment) = Make(kind);
        var variables = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["HOME"] = _folder, ["LC_ALL"] = "C.UTF-8" };
        var tries = new List<PolicyCase>();
        foreach (PipAction action in Enum.GetValues<PipAction>())
        {
            var asked = new PolicyCase("", action == PipAction.Install ? "install" : "uninstall",
                ["nothing-here", .. action == PipAction.Install ? (string[])["--no-index"] : []], variables, _folder, null);
            PipRequest request = asked.ToRequest(environment) with { BreakSystemPackages = true };
            PipVerdict verdict = PipPolicy.Decide(asked.ToMachine(), request, MarkerLanguage.Untranslated);
            Assert.Null(verdict.Refusal);
            Assert.Equal(FailureId.ExternallyManagedEnvironment, verdict.Overridden?.Id);
            Assert.Equal(means, verdict.Means.ToString());
            tries.Add(
                means == nameof(OverrideMeans.Flag) ? asked with { Arguments = ["--break-system-packages", .. asked.Arguments] } : asked);

            // An unknown release gets the variable, which all releases accept or ignore.
            Assert.Equal(OverrideMeans.Variable,
                PipPolicy.Decide(asked.ToMachine(), request, MarkerLanguage.Untranslated, PipProgram.OfVersion(null)).Means);
            tries.Add(asked with { Variables = new(variables) { ["PIP_BREAK_SYSTEM_PACKAGES"] = "1" } });
        }
        Assert.All(PolicyOracle.Ask(executable, null, tries), one => Assert.Equal(PolicyEnd.Proceeds, one.End));
    }

    private (string Executable, string? Wheel, PythonEnvironment Managed) Make(string kind)
    {
        string[] words = kind.Split(' ', 3);
        string here = Path.Combine(_folder, "python");
        switch (words)
        {
            case ["system", ..]:
                string system = Interpreters.Need("managed", Needs.Venv | Needs.Pip).Executable;
                return (words.Length == 1 ? system : CopiedPython.Venv(here, system, systemSite: true), null, Read(system));
            case ["venv", string name, ..]:
                string based = CopiedPython.Make(here, Copied(name), marker: true);
                return (CopiedPython.Venv(Path.Combine(_folder, "venv"), based), null, Read(based));
            case ["copy", string name, .. string[] wheel]:
                string copy = CopiedPython.Make(here, Copied(name), marker: true);
                return (copy, wheel.Length == 0 ? null : wheel[0], Read(copy));
            case ["conda", string name, .. string[] rest]:
                string conda = CopiedPython.Make(here, Copied(name), marker: rest.Length > 0, conda: true);
                return (conda, null, Read(conda));
            default:
                string plain = CopiedPython.Unmanaged(here, Copied(words[1]));
                return (plain, null, Read(plain));
        }
    }

    private static Interpreter Copied(string request) =>
        Interpreters.Need(request, request is "2.7" ? Needs.Pip : Needs.Venv | Needs.PipOrWheel);

    private static PythonEnvironment Read(string executable) => new EnvironmentReader(FileTree.Host).Read(executable).Environment!;
}
