using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Pep668.Packages;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;

namespace Pep668.Tests;

/// <summary>A text that users read, and where it comes from.</summary>
/// <param name="Method">The method that makes it.</param>
/// <param name="Kind">What it is: an error, a warning, a text.</param>
/// <param name="Id">The identifier of an error.</param>
/// <param name="Text">The message; empty for a remedy alone.</param>
/// <param name="Details">Further lines.</param>
/// <param name="Remedies">What is recommended.</param>
/// <param name="Arguments">The arguments it was made from.</param>
internal sealed record Message(
    MethodBase? Method, string Kind, FailureId? Id, string Text, string? Details, IReadOnlyList<Remedy> Remedies,
    IReadOnlyList<object?> Arguments)
{
    /// <summary>The component: the first part of the namespace after the product's.</summary>
    internal string Area { get; init; } = "";

    /// <summary>The class and the method.</summary>
    internal string Source { get; init; } = "";
}

/// <summary>Calls every method of the classes whose names end with <c>Messages</c>.</summary>
internal sealed class MessageCatalog : IDisposable
{
    private const int MostCalls = 400;

    // Other classes of that kind.
    private static readonly string[] Others = ["CommonRemedies", "MissingPartPackages"];

    // Not messages: they are used by messages.
    private static readonly Type[] Ignored = [typeof(PipSecrets), typeof(IReadOnlyList<string>), typeof(IEnumerable<string>), typeof(bool)];

    // Depends on who runs the tests; its two notices have methods of their own.
    private static readonly string[] Excluded = ["PipRunMessages.Root"];

    // What callers guarantee, by the name of the method.
    private static readonly Dictionary<string, Func<Arguments, bool>> Conditions = new(StringComparer.Ordinal)
    {
        ["ActiveIgnored"] =
            given => given["variable"] is string name && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'),
        ["BelowRoot"] = given => given.Environment?.Root is not null,
        ["NoDryRun"] = given =>
            given.All.OfType<PipRequest>().All(one => one.Action == PipAction.Install) && !given.All.OfType<PipProgram>().Single().IsUv,
        ["Failed"] = given => given["exitCode"] is not null || given["problem"] is not null,
        ["NotStarted"] = given => given["problem"] is not null,
    };

    private readonly MessageSamples _samples = new();

    public void Dispose() => _samples.Dispose();

    /// <summary>The methods of an assembly that make messages.</summary>
    internal static IReadOnlyList<MethodInfo> Methods(Assembly assembly) =>
    [
        .. from type in assembly.GetTypes()
           where type is { IsAbstract: true, IsSealed: true }
               && (type.Name.EndsWith("Messages", StringComparison.Ordinal) || Others.Contains(type.Name))
           orderby type.FullName
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           where !method.IsPrivate && !method.IsSpecialName && !Ignored.Contains(method.ReturnType)
               && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !Excluded.Contains(Source(method))
           select method,
    ];

    /// <summary>All messages with plain values: every combination of the other arguments.</summary>
    internal IReadOnlyList<Message> Plain(Assembly assembly) => [.. Methods(assembly).SelectMany(method => Calls(method, null))];

    /// <summary>All messages with hostile values in every text and path.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="rounds">How often each method gets other values.</param>
    internal IReadOnlyList<Message> Hostile(Assembly assembly, int rounds)
    {
        int next = 0;
        string Text() => HostileValues.Names[next++ % HostileValues.Names.Count];
        return [.. Enumerable.Range(0, rounds).SelectMany(_ => Methods(assembly)).SelectMany(method => Calls(method, Text))];
    }

    /// <summary>At most two messages of each method, for a reader: with the first samples, and with the last.</summary>
    internal IReadOnlyList<Message> ForReaders(Assembly assembly) =>
    [
        .. from method in Methods(assembly)
           let all = Calls(method, null).ToArray()
           where all.Length > 0
           let last = all.LastOrDefault(one => one.Text != all[0].Text)
               ?? all.LastOrDefault(one => one.Remedies.Count != all[0].Remedies.Count)
           from one in last is null ? (Message[])[all[0]] : [all[0], last]
           select one,
    ];

    private IEnumerable<Message> Calls(MethodInfo method, Func<string>? text)
    {
        IReadOnlyList<object?>[] samples = [.. method.GetParameters().Select(one => _samples.Of(one, text))];
        long count = samples.Aggregate(1L, (product, one) => product * one.Count);
        long step = Math.Max(1, count / MostCalls);
        for (long at = 0; at < count; at += step)
        {
            var arguments = new object?[samples.Length];
            long rest = at;
            for (int index = samples.Length - 1; index >= 0; index--)
            {
                arguments[index] = samples[index][(int)(rest % samples[index].Count)];
                rest /= samples[index].Count;
            }
            if (!Applies(new(method, arguments)))
            {
                continue;
            }
            foreach (Message message in Call(method, arguments))
            {
                yield return message;
            }
        }
    }

    private static bool Applies(Arguments given) =>
        (!given.Method.Name.StartsWith("Broken", StringComparison.Ordinal) || given.Environment is null or { Problem: not null })
        && (!Conditions.TryGetValue(given.Method.Name, out Func<Arguments, bool>? condition) || condition(given));

    private static List<Message> Call(MethodInfo method, object?[] arguments)
    {
        object? result;
        try
        {
            result = method.Invoke(null, arguments);
            return [.. Read(method, result, arguments)];
        }
        catch (TargetInvocationException error)
        {
            throw new InvalidOperationException($"{Source(method)}({Shown(arguments)}): {error.InnerException}", error);
        }
    }

    private static IEnumerable<Message> Read(MethodInfo method, object? result, object?[] arguments)
    {
        Message? Make(string kind, string text, IReadOnlyList<Remedy> remedies, FailureId? id = null, string? details = null) =>
            new(method, kind, id, text, details, remedies, arguments) { Area = Area(method), Source = Source(method) };
        return result switch
        {
            null => [],
            Failure failure => [Make("error", failure.Message, failure.Remedies, failure.Id, failure.Details)!],
            Notice notice => [Make("warning", notice.Message, notice.Remedies)!],
            string text => [Make("text", text, [])!],
            Remedy remedy => [Make("remedy", "", [remedy])!],
            ProductStep step => [Make("remedy", "", [new("(a step)", step)])!],
            InstallNote note => [Make("note", note.What, [new("(what runs it again)", note.Again)])!],
            IEnumerable<Remedy> remedies => remedies.Any() ? [Make("remedy", "", [.. remedies])!] : [],
            IEnumerable many => many.Cast<object?>().SelectMany(one => Read(method, one, arguments)),
            _ => throw new InvalidOperationException($"{Source(method)} returns {result.GetType()}, which MessageCatalog cannot read."),
        };
    }

    private sealed record Arguments(MethodInfo Method, IReadOnlyList<object?> All)
    {
        internal PythonEnvironment? Environment => All.OfType<PythonEnvironment>().FirstOrDefault();

        internal object? this[string name] => All[Array.FindIndex(Method.GetParameters(), one => one.Name == name)];
    }

    private static string Area(MethodInfo method)
    {
        string[] parts = (method.DeclaringType!.Namespace ?? "").Split('.');
        return parts.Length > 1 && parts[1] is "PowerShell" or "Cli" ? "Commands" : parts.Length > 1 ? parts[1] : "Common";
    }

    private static string Source(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static string Shown(object?[] arguments) => string.Join(", ", arguments.Select(one => one?.ToString() ?? "null"));
}
