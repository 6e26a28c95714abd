using System.CommandLine;
using System.Globalization;
using System.Text;
using Pep668.DesiredState;
using Pep668.Machines;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 resource</c>: gets, tests, sets and exports the state of a resource, as the resources of DSC
/// do.</summary>
internal static class ResourceCommand
{
    private enum Operation
    {
        Get,
        Test,
        Set,
        Export,
    }

    internal static Command Create(Machine machine, Output output)
    {
        var type = new Argument<string>("type")
        {
            Description = $"Specifies the resource: {string.Join(", ", ResourceTypes.All.Select(one => one.Name))}.",
        };
        var input = new Option<string?>("--input")
        {
            Description = "Specifies the desired state as a JSON object, instead of standard input.",
            HelpName = "json",
        };
        Option<bool> whatIf = CompanionOptions.Switch("--what-if", "Prints what set would change, and changes nothing.");
        string[] words = [.. Enum.GetNames<Operation>().Select(one => one.ToLowerInvariant())];
        var operation = new Argument<string>("operation") { Description = $"Specifies the operation: {string.Join(", ", words)}." };
        var command = new CompanionCommand("resource",
            "Compares and sets the state of a virtual environment or a package, for configuration tools. Results are JSON.",
            new("""resource PythonVenv test --input '{"path":"/srv/app/.venv"}'""", "Compares an environment with the desired state."),
            new("resource PythonVenv set --what-if", "Prints what the state on standard input would change."),
            new("resource PythonVenv set", "Creates or changes the environment that standard input describes."),
            new("resource ExternallyManaged export", "Prints the state of each Python of the system, one JSON object a line."))
        {
            type, operation, input, whatIf,
        };
        command.Validators.Add(given =>
        {
            string? word = given.GetResult(operation)?.Tokens is [var token, ..] ? token.Value : null;
            if (word is not null && !words.Contains(word, StringComparer.OrdinalIgnoreCase))
            {
                given.AddError(CompanionMessages.InvalidOperation(words));
            }
            else if (word is not null && given.GetValue(whatIf) && !string.Equals(word, "set", StringComparison.OrdinalIgnoreCase))
            {
                given.AddError(CompanionMessages.WhatIfWithoutSet());
            }
        });
        command.SetAction(result =>
        {
            if (!ResourceTypes.Find(result.GetValue(type)!).TryGet(out ResourceType? resource, out Failure? failure))
            {
                return output.Fail(failure);
            }
            Operation chosen = Enum.Parse<Operation>(result.GetValue(operation)!, ignoreCase: true);
            Outcome<ResourceState> read = Read(resource, result.GetValue(input), isFilter: chosen == Operation.Export);
            return read.TryGet(out ResourceState? desired, out _)
                ? Run(machine, output, resource, chosen, desired, result.GetValue(whatIf)) : Fail(output, read.Failures);
        });
        return command;
    }

    // An export needs no input.
    private static Outcome<ResourceState> Read(ResourceType resource, string? given, bool isFilter)
    {
        ReadOnlyMemory<byte> json;
        try
        {
            json = given is null ? StandardInput.Read() : Encoding.UTF8.GetBytes(given);
        }
        catch (IOException error)
        {
            return ResourceMessages.NotJson(resource.Name, $"standard input cannot be read ({error.Message.TrimEnd('.')})");
        }
        return given is null && !isFilter && json.Span.Trim(" \t\r\n"u8).IsEmpty
            ? CompanionMessages.NoState(resource.Name) : ResourceInput.Read(resource, json, isFilter);
    }

    private static int Run(
        Machine machine, Output output, ResourceType resource, Operation operation, ResourceState desired, bool isPlan)
    {
        using var interruption = new Interruption();
        var host = new ResourceHost(machine, CultureInfo.CurrentUICulture.Name, interruption.Token);
        return operation switch
        {
            Operation.Get => Show(output, resource.Get(host, desired), state => [ResourceJson.Write(state)]),
            Operation.Test => Show(output, resource.Test(host, desired), test => [ResourceJson.Write(resource, test)]),
            Operation.Set => Show(output, resource.Set(host, desired, isPlan, out _), change => [ResourceJson.Write(change)]),
            _ => Show(output, resource.Export(host, desired), states => states.Select(ResourceJson.Write)),
        };
    }

    private static int Show<T>(Output output, Outcome<T> outcome, Func<T, IEnumerable<byte[]>> lines)
        where T : class
    {
        output.Notices(outcome.Notices);
        if (!outcome.TryGet(out T? value, out _))
        {
            return Fail(output, outcome.Failures);
        }
        foreach (byte[] line in lines(value))
        {
            output.JsonLine(line);
        }
        return ExitCodes.Done;
    }

    private static int Fail(Output output, IReadOnlyList<Failure> failures) =>
        failures.Select(output.FailWithoutVerbose).ToArray()[0];
}
