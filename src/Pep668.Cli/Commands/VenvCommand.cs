using System.CommandLine;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 venv</c>: creates a virtual environment, as <c>New-PythonVenv</c> does.</summary>
internal static class VenvCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        var path = new Argument<string?>("path") { Description = "The folder of the environment.", Arity = ArgumentArity.ZeroOrOne };
        path.Validators.Add(EnvironmentArgument.RefuseUnknownOptions);
        var python = new Option<string?>("--python", "-p")
        {
            Description = "The base Python: a path, a name, a version or a specifier.",
            HelpName = "python",
        };
        var prompt = new Option<string?>("--prompt")
        {
            Description = "The name in the prompt. Default: the name of the folder.",
            HelpName = "name",
        };
        var system = new Option<bool>("--system-site-packages")
        {
            Description = "Let the environment import the packages of its base Python.",
        };
        var withoutPip = new Option<bool>("--without-pip") { Description = "Do not install pip." };
        var force = new Option<bool>("--force") { Description = "Replace an existing virtual environment or an empty folder." };
        var reuse = new Option<bool>("--reuse-existing") { Description = "Use an existing environment that works and matches." };
        var json = new Option<bool>("--json") { Description = "Write the environment as a JSON object." };
        var clear = new Option<bool>("--clear-cache") { Description = "Delete the prepared copies of pip and create nothing." };
        var command = new Command("venv", "Creates a virtual environment atomically.")
        {
            path, python, prompt, system, withoutPip, force, reuse, json, clear,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(clear) == (result.GetValue(path) is not null))
            {
                result.AddError(
                    result.GetValue(clear) ? "--clear-cache cannot be used with a path." : "A path is required, such as .venv.");
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
                    IsPythonGiven = result.GetValue(python) is not null,
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
            output.Line($"{made.Prefix}: Python {made.Version}{pip}{(venv.Changed ? "" : ", unchanged")}");
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
            return output.Fail(SeedMessages.CacheNotCleared(cache.Folder!, error));
        }
        output.Line(cache.Folder is null ? "The user has no cache folder." : FormattableString.Invariant(
            $"{count} prepared copies of pip deleted from '{cache.Folder}'"));
        return ExitCodes.Done;
    }
}
