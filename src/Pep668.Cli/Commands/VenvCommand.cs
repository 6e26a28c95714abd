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
    private const string DefaultPath = ".venv";

    internal static Command Create(Machine machine, Output output)
    {
        var path = new Argument<string?>("path")
        {
            Description = $"Specifies the folder of the environment. Default: {DefaultPath}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var python = new Option<string?>("--python", "-p")
        {
            Description = "Specifies the base Python: a path, a name, a version or a specifier.",
            HelpName = "python",
        };
        var prompt = new Option<string?>("--prompt")
        {
            Description = "Specifies the name in the prompt; '.' is the current folder's. Default: the name of the environment's folder.",
            HelpName = "name",
        };
        Option<bool> system = CompanionOptions.Switch("--system-site-packages", "Allows imports of the packages of its base Python."),
            withoutPip = CompanionOptions.Switch("--without-pip", "Does not install pip."),
            force = CompanionOptions.Switch("--force", "Replaces an existing virtual environment."),
            reuse = CompanionOptions.Switch("--reuse-existing", "Uses an existing environment that works and matches."),
            json = CompanionOptions.Switch("--json", "Prints the environment as a JSON object."),
            clear = CompanionOptions.Switch("--clear-cache", "Deletes the prepared copies of pip and creates nothing.");
        var command = new CompanionCommand("venv", "Creates a virtual environment. A failure leaves nothing behind.",
            new("venv", "Creates the virtual environment .venv in this folder."),
            new("venv .venv --python 3.12", "Creates it with the first Python 3.12."),
            new("venv .venv --reuse-existing", "Creates it unless it exists, for a script."),
            new("venv --clear-cache", "Deletes the prepared copies of pip."))
        {
            path, python, prompt, system, withoutPip, force, reuse, json, clear,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(clear) && result.GetValue(path) is not null)
            {
                result.AddError(CompanionMessages.ClearCacheWithPath());
            }
        });
        command.SetAction(result =>
        {
            SeedCache cache = SeedCache.For(machine);
            return result.GetValue(clear)
                ? Clear(cache, output)
                : Make(machine, output, cache, result.GetValue(python), result.GetValue(json),
                machine.Absolute(result.GetValue(path) ?? DefaultPath), (target, found) => new(target, found)
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
        Machine machine, Output output, SeedCache cache, string? python, bool asJson, string path,
        Func<string, PythonEnvironment, VenvRequest> request)
    {
        var catalog = new EnvironmentCatalog(machine);
        var resolver = new EnvironmentResolver(catalog);
        Outcome<PythonEnvironment> resolution = python is null ? resolver.ImpliedBase(path) : resolver.ResolveBase(python);
        output.Notices(resolution.Notices);
        if (!resolution.TryGet(out PythonEnvironment? found, out Failure? failure))
        {
            return output.Fail(failure);
        }
        using var interruption = new Interruption();
        Outcome<VenvResult> outcome = new VenvBuilder(catalog, cache).Create(request(path, found), interruption.Token);
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
