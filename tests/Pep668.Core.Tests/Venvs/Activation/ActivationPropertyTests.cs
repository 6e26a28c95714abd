using FsCheck;
using FsCheck.Fluent;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Venvs.Activation;

namespace Pep668.Tests.Venvs.Activation;

/// <summary>Whatever the variables are and however environments are nested, the variables are restored when all are
/// deactivated.</summary>
public sealed class ActivationPropertyTests : IDisposable
{
    private static readonly string[] Folders = ["/srv/one", "/srv/two", "/srv/three"];

    private static readonly Gen<string?> Paths = Gen.OneOf(
        Gen.Elements<string?>(null, ""),
        Gen.Elements("", "/usr/bin", "/bin", "relative", "/srv/one/bin", "/srv/one/bin/", "/srv/two/bin", "/gone/bin").ListOf()
            .Select(string? (entries) => string.Join(':', entries)));

    private static readonly Arbitrary<Session> Sessions =
        (from path in Paths
         from active in Gen.Elements<string?>(null, "", "/srv/one", "/srv/two", "/gone")
         from prompt in Gen.Elements<string?>(null, "", "mine")
         from home in Gen.Elements<string?>(null, "", "/some/where")
         from entered in Gen.Elements(Folders).ListOf()
         from added in Gen.Choose(0, 5)
         select new Session(path, active, prompt, home, [.. entered], added)).ToArbitrary();

    private readonly World _world = new World()
        .Python("/usr", "3.12.1").Venv(Folders[0], "/usr", "3.12.1").Venv(Folders[1], "/usr", "3.12.1", "prompt = 'second'\n")
        .Venv(Folders[2], "/usr", "3.12.1");

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Deactivation_restores_every_variable_exactly() =>
        Prop.ForAll(Sessions, session =>
        {
            Machine start = session.On(_world.Machine);
            Machine now = start;
            var entered = new Stack<(VenvActivation Activation, Machine Before)>();
            foreach (string folder in session.Entered)
            {
                var activation = VenvActivation.For(Read(folder), now);
                entered.Push((activation, now));
                now = With(now, activation.Changes);
                Assert.Equal(folder, now.Variables["VIRTUAL_ENV"]);
                Assert.Equal($"{folder}/bin", now.Variables["PATH"].Split(':')[0]);
                Assert.False(now.Variables.ContainsKey("PYTHONHOME"));
                Assert.True(VenvActivation.IsInForce(Read(folder), now));
                Assert.False(activation.IsGone(now));
            }
            while (entered.TryPop(out (VenvActivation Activation, Machine Before) last))
            {
                now = With(now, last.Activation.Undo(now));
                AssertSame(last.Before.Variables, now.Variables);
            }
        }).CheckWithSeed();

    [Fact]
    public void Deactivation_keeps_folders_added_to_PATH_and_nothing_else() =>
        Prop.ForAll(Sessions, session =>
        {
            Machine start = session.On(_world.Machine);
            Machine now = start;
            var entered = new Stack<VenvActivation>();
            int depth = 0;
            foreach (string folder in session.Entered)
            {
                var activation = VenvActivation.For(Read(folder), now);
                entered.Push(activation);
                now = With(now, activation.Changes);
                if (depth++ == session.Added)
                {
                    now = With(now, [new("PATH", "/put/here:" + now.Variables["PATH"])]);
                }
            }
            bool put = now.Variables.TryGetValue("PATH", out string? path) && path.Contains("/put/here", StringComparison.Ordinal);
            while (entered.TryPop(out VenvActivation? last))
            {
                now = With(now, last.Undo(now));
            }
            string[] expected = [.. put ? ["/put/here"] : Array.Empty<string>(), .. Entries(start)];
            Assert.Equal(expected, Entries(now));
        }).CheckWithSeed();

    private static string[] Entries(Machine machine) =>
        machine.Variables.TryGetValue("PATH", out string? path) && path.Length > 0 ? path.Split(':') : [];

    private static void AssertSame(IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> actual) =>
        Assert.Equal(expected.OrderBy(variable => variable.Key, StringComparer.Ordinal),
            actual.OrderBy(variable => variable.Key, StringComparer.Ordinal));

    private static Machine With(Machine machine, IEnumerable<VariableChange> changes)
    {
        var variables = new Dictionary<string, string>(machine.Variables, StringComparer.Ordinal);
        foreach (VariableChange change in changes)
        {
            variables.Remove(change.Name);
            if (change.Value is not null)
            {
                variables.Add(change.Name, change.Value);
            }
        }
        return machine with { Variables = variables };
    }

    private PythonEnvironment Read(string folder) => new EnvironmentReader(_world.Machine.Files).Read(folder).Environment!;

    /// <summary>The variables of a session, null where unset, and what is entered in it.</summary>
    private sealed record Session(string? Path, string? Active, string? Prompt, string? Home, string[] Entered, int Added)
    {
        internal Machine On(Machine machine) =>
            With(machine, [new("PATH", Path), new("VIRTUAL_ENV", Active), new("VIRTUAL_ENV_PROMPT", Prompt), new("PYTHONHOME", Home)]);

        public override string ToString() =>
            $"PATH={Path ?? "(none)"} VIRTUAL_ENV={Active ?? "(none)"} {string.Join(',', Entered)} + after {Added}";
    }
}
