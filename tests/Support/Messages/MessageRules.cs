using System.Collections;
using System.Text.RegularExpressions;
using Pep668.Machines;
using Pep668.Shells;
using Pep668.Text;

namespace Pep668.Tests;

/// <summary>The form of messages and remedies that the contributors' rules require.</summary>
internal static class MessageRules
{
    private const int LongestSentence = 120;

    private static readonly Regex Command = new(
        "(" + string.Join('|', ProductCommandNames.All.Values.Select(one => one.Cmdlet)) + @"|\bpep668 |\bpip install\b|-m pip\b|\bsudo )",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    // The line after an error of usage, which names the command that shows the correct one.
    private static readonly string[] Commands = ["CompanionMessages.Usage"];

    // Questions, and texts of two lines.
    private static readonly string[] Lines = ["OverrideMessages.Question"];

    /// <summary>What is wrong with the text of a message that was made from plain values.</summary>
    internal static IEnumerable<string> FaultsOf(Message message)
    {
        if (message.Kind is "remedy" or "note" || Commands.Contains(message.Source))
        {
            yield break;
        }
        string text = message.Text, sentence = Sentence(WithoutValues(message));
        bool isFragment = message.Kind is "text" && text.Length > 0 && !char.IsUpper(text[0]) && text[0] != '\'';
        if (string.IsNullOrWhiteSpace(text))
        {
            yield return "is empty";
        }
        if (!Lines.Contains(message.Source) && text.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            yield return "has more than one line";
        }
        if (sentence.Length > LongestSentence)
        {
            yield return $"has {sentence.Length} characters without its values";
        }
        if (Command.IsMatch(text))
        {
            yield return "contains a command";
        }
        if (message.Kind is not "text" && text is not [.., '.'])
        {
            yield return "does not end with a full stop";
        }
        if (isFragment && text.EndsWith('.'))
        {
            yield return "is a part of a sentence and ends with a full stop";
        }
        if (text.Contains("''", StringComparison.Ordinal) || text.Contains("  ", StringComparison.Ordinal)
            || text.Contains(" , ", StringComparison.Ordinal) || text is [.., ' ' or ':'] or [.., ' ', '.']
            || text.Contains("..", StringComparison.Ordinal) || text.Contains("()", StringComparison.Ordinal))
        {
            yield return "has a value that is missing, or a double sign";
        }
    }

    /// <summary>What is wrong with the form of a remedy, whatever its values.</summary>
    internal static IEnumerable<string> FaultsOf(Remedy remedy)
    {
        if (string.IsNullOrWhiteSpace(remedy.Reason))
        {
            yield return "a reason is empty";
        }
        if (remedy.Reason.EndsWith('.') || (remedy.Reason.Length > 0 && char.IsUpper(remedy.Reason[0])
            && !remedy.Reason.StartsWith("Debian", StringComparison.Ordinal)))
        {
            yield return $"the reason '{remedy.Reason}' looks like a sentence";
        }
        if (remedy.Steps.Count == 0)
        {
            yield return $"'{remedy.Reason}' has no step";
        }
        bool isVerbatim = remedy.Steps.OfType<ProgramStep>().Any(step => step.Arguments.Contains("--%"));
        if (PowerShellRenderer.Instance.Render(remedy) is null != isVerbatim)
        {
            yield return $"'{remedy.Reason}' has no command in PowerShell";
        }
        bool isPossible = remedy.Steps.All(IsInCompanion), isPosix = isPossible && !Values(remedy).Any(value => value.EndsWith('\n')),
            isCmd = isPossible && Values(remedy).All(DisplayText.IsPlain);
        if (PosixRenderer.Instance.Render(remedy) is null == isPosix)
        {
            yield return $"'{remedy.Reason}' {(isPosix ? "has no" : "has a")} command in a POSIX shell";
        }
        if (CmdRenderer.Instance.Render(remedy) is null == isCmd)
        {
            yield return $"'{remedy.Reason}' {(isCmd ? "has no" : "has a")} command in cmd";
        }
        foreach (CommandRenderer shell in (CommandRenderer[])[PowerShellRenderer.Instance, PosixRenderer.Instance, CmdRenderer.Instance])
        {
            if (!shell.Lines([remedy]).All(DisplayText.IsPlain))
            {
                yield return $"'{remedy.Reason}' has a command that a terminal would obey";
            }
        }
    }

    /// <summary>Whether the companion can do it, by the table of names.</summary>
    internal static bool IsInCompanion(RemedyStep step) => step is not ProductStep product
        || (ProductCommandNames.All[product.Command] is { Companion: not null } names
            && product.Arguments.All(one => names.Find(one.Parameter) is { Companion: not null } or { IsFilter: true }));

    private static IEnumerable<string> Values(Remedy remedy) => remedy.Steps.SelectMany(step => step switch
    {
        ProductStep product =>
            product.Arguments.Where(one => ProductCommandNames.All[product.Command].Find(one.Parameter)?.Companion is not null)
            .SelectMany(one => one.Values),
        ProgramStep program => program.Arguments,
        RemovePathStep remove => remove.Paths,
        _ => [],
    });

    private static string Sentence(string text) =>
        Enumerable.Range(1, text.Length).FirstOrDefault(
            end => text[end - 1] is '.' or '?' && (end == text.Length || char.IsWhiteSpace(text[end]))) is > 0 and int end
            ? text[..end]
            : text;

    private static string WithoutValues(Message message)
    {
        string text = message.Text;
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (object? argument in message.Arguments)
        {
            Collect(argument, values, 0);
        }
        foreach (string value in values.Where(one => one.Length > 1).OrderByDescending(one => one.Length))
        {
            text = text.Replace(value, "", StringComparison.Ordinal);
        }
        return text;
    }

    private static void Collect(object? value, HashSet<string> found, int depth)
    {
        if (value is null or Machine or Type || depth > 3)
        {
            return;
        }
        if (value is string or Version or ValueType)
        {
            found.Add(value.ToString() ?? "");
            return;
        }
        found.Add(value.ToString() ?? "");
        IEnumerable<object?> parts = value is IEnumerable many ? many.Cast<object?>()
            : value.GetType().GetProperties().Where(one => one.GetIndexParameters().Length == 0).Select(one => one.GetValue(value));
        foreach (object? part in parts)
        {
            Collect(part, found, depth + 1);
        }
    }
}
