using System.CommandLine;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 venv</c>: what <c>New-PythonVenv</c> does.</summary>
internal static class VenvCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        var path = new Argument<string?>("path") { Description = "Where: a folder that does not exist.", Arity = ArgumentArity.ZeroOrOne };
        path.Validators.Add(EnvironmentArgument.RefuseUnknownOptions);
        var python = new Option<string?>("--python", "-p")
        {
            Description = "From which Python: a path, a name, a version or specifier.",
            HelpName = "python",
        };
        var prompt = new Option<string?>("--prompt") { Description = "The name for the prompt.", HelpName = "name" };
        var system = new Option<bool>("--system-site-packages") { Description = "It sees what is installed in its base." };
        var withoutPip = new Option<bool>("--without-pip") { Description = "Leave pip out." };
        var force = new Option<bool>("--force") { Description = "Replace a virtual environment, or an empty folder, that stands there." };
        var reuse = new Option<bool>("--reuse-existing") { Description = "Take a sound one that stands there and fits." };
        var json = new Option<bool>("--json") { Description = "The environment as a JSON object." };
        var clear = new Option<bool>("--clear-cache") { Description = "Delete the prepared copies of pip, and nothing else." };
        var command = new Command("venv", "Makes a virtual environment: whole, or not at all.")
        {
            path, python, prompt, system, withoutPip, force, reuse, json, clear,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(clear) == (result.GetValue(path) is not null))
            {
                result.AddError(result.GetValue(clear) ? "--clear-cache takes no path." : "A path is needed, such as .venv");
            }
        });
        command.SetAction(result =>
        {
            SeedCache cache = SeedCache.For(machine);
            return result.GetValue(clear)
                ? Clear(cache, output)
                : Make(machine, output, cache, result.GetValue(python), result.GetValue(json),
                found => new(machine.Absolute(result.GetValue(path)!), found)
                {
                    Prompt = result.GetValue(prompt),
                    SystemSitePackages = result.GetValue(system),
                    WithoutPip = result.GetValue(withoutPip),
                    Replace = result.GetValue(force),
                    Reuse = result.GetValue(reuse),
                });
        });
        return command;
    }

    private static int Make(
        Machine machine, Output output, SeedCache cache, string? python, bool asJson, Func<PythonEnvironment, VenvRequest> request)
    {
        var catalog = new EnvironmentCatalog(machine);
        Outcome<PythonEnvironment> resolution = new EnvironmentResolver(catalog).ResolveBase(python);
        output.Notices(resolution.Notices);
        if (!resolution.TryGet(out PythonEnvironment? found, out Failure? failure))
        {
            return output.Fail(failure);
        }
        using var interruption = new Interruption();
        Outcome<VenvResult> outcome = new VenvBuilder(catalog, cache).Create(request(found), interruption.Token);
        output.Notices(outcome.Notices);
        if (!outcome.TryGet(out VenvResult? venv, out failure))
        {
            return output.Fail(failure);
        }
        PythonEnvironment made = venv.Environment;
        if (asJson)
        {
            output.Json(made, Output.Contract.PythonEnvironment);
        }
        else
        {
            string pip = made.PipVersion is null ? "" : $", pip {made.PipVersion}";
            output.Line($"{made.Prefix}: Python {made.Version}{pip}{(venv.Changed ? "" : ", as it was")}");
        }
        return ExitCodes.Done;
    }

    private static int Clear(SeedCache cache, Output output)
    {
        int count;
        try
        {
            count = cache.Clear();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return output.Fail(new(FailureId.VenvNotWritten, $"{cache.Folder} could not be cleared: {error.Message.TrimEnd('.')}.",
                cache.Folder, $"rm -r '{cache.Folder}'"));
        }
        output.Line(FormattableString.Invariant($"{count} deleted from {cache.Folder}"));
        return ExitCodes.Done;
    }
}
