using System.Globalization;
using System.Text.Json;
using Pep668.DesiredState;
using Pep668.Machines;
using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Dsc;

/// <summary>What the command-based resources of DSC v3 run: JSON on standard input, JSON on standard output, messages
/// on standard error, each an object on a line.</summary>
/// <remarks>
/// The protocol is that of DSC's documentation, "DSC command resource manifest". Not part of the contract with users
/// and scripts: it is public because <c>Pep668.Resource.ps1</c> calls it. The module is not imported for it.
/// </remarks>
public static class ResourceProgram
{
    /// <summary>Runs an operation of a resource.</summary>
    /// <param name="type">The name of the resource, such as <c>PythonVenv</c>.</param>
    /// <param name="operation"><c>get</c>, <c>test</c>, <c>set</c> or <c>export</c>.</param>
    /// <param name="whatIf">Whether <c>set</c> changes nothing.</param>
    /// <returns>The exit code: 0, or that of the failure, as the companion's.</returns>
    public static int Run(string type, string operation, bool whatIf)
    {
        using Stream input = InheritedDescriptor.HasInput() ? Console.OpenStandardInput() : Stream.Null,
            results = Console.OpenStandardOutput(), messages = Console.OpenStandardError();
        return Run(type, operation, whatIf, input, results, messages);
    }

    internal static int Run(string type, string operation, bool whatIf, Stream input, Stream results, Stream messages)
    {
        using var content = new MemoryStream();
        input.CopyTo(content);
        if (!ResourceTypes.Find(type).TryGet(out ResourceType? resource, out Failure? failure))
        {
            return Fail([failure], messages);
        }
        Outcome<ResourceState> read = ResourceInput.Read(resource, content.ToArray(), isFilter: operation is "export");
        if (!read.TryGet(out ResourceState? desired, out _))
        {
            return Fail(read.Failures, messages);
        }
        var host = new ResourceHost(Machine.Current(), CultureInfo.CurrentUICulture.Name, CancellationToken.None);
        return operation switch
        {
            "get" => Answer(resource.Get(host, desired), state => [ResourceJson.Write(state)]),
            "test" => Answer(resource.Test(host, desired), test => [ResourceJson.WriteTested(test), ResourceJson.Write(test.Differing)]),
            "set" => Answer(resource.Set(host, desired, whatIf, out _),
                change => [ResourceJson.Write(change.After), ResourceJson.Write(change.Changed)]),
            "export" => Answer(resource.Export(host, desired), states => states.Select(ResourceJson.Write)),
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };

        int Answer<T>(Outcome<T> outcome, Func<T, IEnumerable<byte[]>> lines)
            where T : class
        {
            foreach (Notice notice in outcome.Notices)
            {
                Write(messages, "warn", notice.Message + ErrorRecords.RemedyLines(notice.Remedies));
            }
            if (!outcome.TryGet(out T? value, out _))
            {
                return Fail(outcome.Failures, messages);
            }
            foreach (byte[] line in lines(value))
            {
                results.Write([.. line, (byte)'\n']);
            }
            return 0;
        }
    }

    private static int Fail(IReadOnlyList<Failure> failures, Stream messages)
    {
        foreach (Failure failure in failures)
        {
            // In the same message: without another setting, DSC shows errors and warnings only.
            string details = failure.Details is string text ? $"\n\n{text.TrimEnd()}\n" : "";
            string recommended = ErrorRecords.RecommendedAction(failure);
            Write(messages, "error", $"{failure.Message} [{failure.Id}]{details}"
                + (recommended.Length > 0 ? $"\n  Recommendation:{recommended}" : ""));
        }
        return FailureCode.For(failures[0].Id);
    }

    // The form of DSC's own messages: one property, whose name is the level.
    private static void Write(Stream messages, string level, string text)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            writer.WriteString(level, text);
            writer.WriteEndObject();
        }
        messages.Write([.. line.ToArray(), (byte)'\n']);
    }
}
