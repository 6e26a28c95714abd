using Pep668.Shells;

namespace Pep668.Tests;

/// <summary>Remedies in a form that a shell with functions in place of programs can run, and what those functions have
/// to report.</summary>
internal static class RemedyCalls
{
    /// <summary>The function in place of a program whose path is not the name of a function.</summary>
    internal const string Program = "program";

    /// <summary>The remedy, with <see cref="Program"/> before each program that has a path.</summary>
    internal static Remedy Callable(this Remedy remedy) => remedy with
    {
        Steps = [.. remedy.Steps.Select(step => step is ProgramStep program && !IsName(program.Arguments[0])
            ? program with { Arguments = [Program, .. program.Arguments] } : step)],
    };

    /// <summary>The programs that have to be functions.</summary>
    internal static IReadOnlyList<string> Programs(IEnumerable<Remedy> remedies) =>
    [
        .. remedies.SelectMany(one => one.Steps).OfType<ProgramStep>().Select(step => step.Arguments[0]).Where(IsName)
            .Append(Program).Append("sudo").Append("rm").Append("pep668").Distinct(StringComparer.Ordinal),
    ];

    /// <summary>What a POSIX shell has to call: each call with its arguments. Of a command of the companion only its
    /// name is known here, and its values in some form.</summary>
    internal static void AssertCalls(Remedy callable, IReadOnlyList<IReadOnlyList<string>> calls)
    {
        RemedyStep[] steps = [.. callable.Steps.Where(step => step is not UnsetVariableStep)];
        string shown = $"{PosixRenderer.Instance.Render(callable)}\n{string.Join('\n', calls.Select(one => string.Join('|', one)))}";
        Assert.True(steps.Length == calls.Count, shown);
        foreach ((RemedyStep step, IReadOnlyList<string> call) in steps.Zip(calls))
        {
            IReadOnlyList<string> expected = step switch
            {
                ProgramStep program => program.Arguments,
                RemovePathStep remove => ["rm", remove.AreFolders ? "-rf" : "-f", "--", .. remove.Paths],
                ProductStep product => ["pep668", .. ProductCommandNames.All[product.Command].Companion!.Split(' ')],
                _ => throw new InvalidOperationException(step.ToString()),
            };
            expected = step.NeedsRoot ? ["sudo", .. expected] : expected;
            Assert.True(expected.SequenceEqual(step is ProductStep ? call.Take(expected.Count) : call), shown);
            Assert.All(Values(step), value => Assert.True(call.Any(word => word == value || word == "./" + value
                || (word.StartsWith("--", StringComparison.Ordinal) && word.EndsWith("=" + value, StringComparison.Ordinal))), shown));
        }
    }

    /// <summary>The values that the companion gets.</summary>
    private static IEnumerable<string> Values(RemedyStep step) => step is not ProductStep product ? []
        : product.Arguments.Where(one => ProductCommandNames.All[product.Command].Find(one.Parameter)?.Companion is not null)
            .SelectMany(one => one.Values);

    private static bool IsName(string program) =>
        program.Length > 0 && char.IsAsciiLetter(program[0]) && program.All(char.IsAsciiLetterOrDigit);
}
