using Pep668.Machines;
using Pep668.Packages;

namespace Pep668.Tests.Packages;

/// <summary>The lock with which one command at a time changes an environment.</summary>
public sealed class EnvironmentLockTests : IDisposable
{
    private static readonly InstallNote Note = new("install of tiny",
        new ProductStep(ProductCommand.Install).With(ProductParameter.Package, "tiny"));

    private readonly World _world = new World().Python("/usr", "3.11.2");
    private readonly List<string> _waiting = [];

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Second_command_waits_and_is_refused_while_the_first_has_the_lock()
    {
        PythonEnvironment environment = Environment();
        using (EnvironmentLock first = Take(environment).Value())
        {
            first.Write(Note);
            Failure? failure = Take(environment).Failure;
            Assert.Equal(FailureId.EnvironmentBusy, failure?.Id);
            Assert.Contains("install of tiny", failure!.Message, StringComparison.Ordinal);
            Assert.Contains("install of tiny", Assert.Single(_waiting), StringComparison.Ordinal);
            first.Clear();
        }
        using EnvironmentLock second = Take(environment).Value();
        Assert.Null(second.Left);
    }

    [Fact]
    public void Note_of_a_command_that_did_not_finish_is_left_for_the_next()
    {
        PythonEnvironment environment = Environment();
        using (EnvironmentLock killed = Take(environment).Value())
        {
            killed.Write(Note);
        }
        using EnvironmentLock next = Take(environment).Value();
        Assert.Equal((Note with { Again = Note.Again.In(environment) }).ToString(), next.Left?.ToString());
    }

    [Fact]
    public void Cancelled_command_stops_waiting()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => EnvironmentLock.Take(Host, Environment(), TimeSpan.FromMinutes(1), Note.Again, one => _waiting.Add(one.Message),
                cancelled.Token));
    }

    private Outcome<EnvironmentLock> Take(PythonEnvironment environment) =>
        EnvironmentLock.Take(
            Host, environment, TimeSpan.FromMilliseconds(100), Note.Again, one => _waiting.Add(one.Message),
            TestContext.Current.CancellationToken);

    // The lock is on a file of the real system.
    private Machine Host => _world.Machine with { Files = FileTree.Host };

    private PythonEnvironment Environment() => _world.Read("/usr") with { Prefix = _world.Folder };
}
