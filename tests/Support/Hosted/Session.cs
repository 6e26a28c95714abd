using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Pep668.Hosted.Tests;

/// <summary>The output, error ids and warnings of a pipeline, as text.</summary>
internal sealed record Outcome(IReadOnlyList<string> Output, IReadOnlyList<string> ErrorIds, IReadOnlyList<string> Warnings);

/// <summary>A runspace with the module under test.</summary>
internal sealed class Session : IDisposable
{
    private readonly Runspace _runspace;

    /// <param name="module">What is imported.</param>
    internal Session(string module)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([module]);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    public void Dispose() => _runspace.Dispose();

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script, with <c>param()</c> where it takes arguments.</param>
    /// <param name="arguments">Its arguments.</param>
    internal Outcome Run(string script, params object[] arguments)
    {
        using PowerShell shell = Shell(script, arguments);
        IReadOnlyList<string> output = [.. shell.Invoke().Select(item => item?.ToString() ?? "null")];
        return new(output, [.. shell.Streams.Error.Select(error => error.FullyQualifiedErrorId.Split(',')[0])],
            [.. shell.Streams.Warning.Select(warning => warning.Message)]);
    }

    /// <summary>Starts a script, and stops it as Ctrl+C does when something has happened.</summary>
    /// <param name="happened">What to wait for.</param>
    /// <param name="script">The script, with <c>param()</c> where it takes arguments.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The state it ended in, such as <c>Stopped</c>.</returns>
    internal async Task<string> StopWhen(Task happened, string script, params object[] arguments)
    {
        using PowerShell shell = Shell(script, arguments);
        var done = new TaskCompletionSource();
        shell.InvocationStateChanged += (_, change) =>
        {
            if (change.InvocationStateInfo.State is PSInvocationState.Stopped or PSInvocationState.Completed or PSInvocationState.Failed)
            {
                done.TrySetResult();
            }
        };
        shell.BeginInvoke();
        if (await Task.WhenAny(happened, done.Task) == done.Task)
        {
            throw new InvalidOperationException(
                $"It ended before it was stopped: {shell.InvocationStateInfo.State} {string.Join(' ', shell.Streams.Error)}");
        }
        await Task.Run(shell.Stop);
        await done.Task;
        return shell.InvocationStateInfo.State.ToString();
    }

    private PowerShell Shell(string script, object[] arguments)
    {
        PowerShell shell = PowerShell.Create();
        shell.Runspace = _runspace;
        shell.AddScript(script);
        foreach (object argument in arguments)
        {
            shell.AddArgument(argument);
        }
        return shell;
    }
}
