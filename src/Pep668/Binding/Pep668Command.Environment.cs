using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.PowerShell.Errors;
using Pep668.Versions;

namespace Pep668.PowerShell.Binding;

/// <content>The values of a parameter that takes an environment.</content>
public abstract partial class Pep668Command
{
    /// <summary>The environment that was given: an object, a path, a name, a version or specifier, or an object with a
    /// property <c>Environment</c>. Wildcards are refused.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="here">The resolver of the machine.</param>
    /// <param name="read">Resolves a text.</param>
    /// <returns>The environment, or why it was not found; and its machine.</returns>
    private protected (Machine Machine, Outcome<PythonEnvironment> Resolution) Resolve(
        PSObject? given, EnvironmentResolver here, Func<EnvironmentResolver, string, Outcome<PythonEnvironment>> read)
    {
        ArgumentNullException.ThrowIfNull(here);
        ArgumentNullException.ThrowIfNull(read);
        PSObject? value = given is null ? null : Inner(given);
        if (value is not null
            && EnvironmentObject.Resolve(value, here, CurrentMachine()) is (Machine, Outcome<PythonEnvironment>) resolved)
        {
            return resolved;
        }
        if (value is not null && !EnvironmentObject.IsPlain(value))
        {
            return (here.Machine, EnvironmentObject.NoEnvironment(value));
        }
        // Text, or what PowerShell made of 3.10 or 3.12.1 without quotes: the object keeps how it was typed.
        string text = TextOf(value);
        Outcome<PythonEnvironment> resolution = ReadText(value, here, one => read(here, one), here.AtPath);
        return (here.Machine, resolution.Failure is { Id: FailureId.EnvironmentNotFound } && IsPattern(here.Machine, text)
            ? ModuleMessages.Wildcards(text, here.Machine.Files.Root) : resolution);
    }

    /// <summary>Resolves a text to one environment or several.</summary>
    /// <typeparam name="T">One environment, or a list of them.</typeparam>
    /// <param name="given">The text or number.</param>
    /// <param name="here">The resolver of the machine.</param>
    /// <param name="read">Resolves a text.</param>
    /// <param name="atPath">Resolves an absolute path.</param>
    private protected Outcome<T> ReadText<T>(
        PSObject? given, EnvironmentResolver here, Func<string, Outcome<T>> read, Func<string, Outcome<T>> atPath)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(here);
        ArgumentNullException.ThrowIfNull(atPath);
        string text = TextOf(given);
        if (IsUndecoded(text))
        {
            return ModuleMessages.Undecoded(text);
        }
        // A text with a colon may be a path on one of PowerShell's drives.
        bool mayHaveDrive = here.Machine.Files.Root is null && text.Contains(':', StringComparison.Ordinal);
        string problem = "";
        if (mayHaveDrive && FilePathOf(text, out problem) is string path)
        {
            return atPath(path);
        }
        Outcome<T> resolution =
            EnvironmentText.Read(text, read, given?.BaseObject is double, one => RepeatedCommand.With(MyInvocation, one));
        return mayHaveDrive && resolution.Failure is not null ? ModuleMessages.NoFilePath(text, problem) : resolution;
    }

    /// <summary>Whether a text is a pattern: it contains wildcards, is not a path that exists, and is not a specifier
    /// such as <c>==3.11.*</c>. Below a root, paths have no wildcards.</summary>
    private protected static bool IsPattern(Machine machine, string text)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return WildcardPattern.ContainsWildcardCharacters(text) && !PythonRequest.TryParse(text, out _)
            && (machine.Files.Root is null || !text.Contains('/', StringComparison.Ordinal))
            && machine.Files.LinkStat(machine.Absolute(text)).Kind == FileKind.Missing;
    }

    /// <summary>The environments that a pattern matches: their paths, else their names. Matches that are not
    /// environments are skipped. Below a root, only names are matched.</summary>
    private protected IReadOnlyList<PythonEnvironment> Expand(EnvironmentResolver here, string pattern)
    {
        ArgumentNullException.ThrowIfNull(here);
        if (!NamePattern.IsValid(pattern))
        {
            Report(ModuleMessages.InvalidPattern(pattern));
            return [];
        }
        PythonEnvironment[] found = here.Machine.Files.Root is not null ? []
            : [.. PathMatches(pattern).Select(match => here.AtPath(match).OrNull()).OfType<PythonEnvironment>().Distinct()];
        if (found.Length == 0)
        {
            found = here.Named(new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch);
        }
        if (found.Length == 0)
        {
            WriteVerbose(ModuleMessages.NoMatch(pattern));
        }
        return found;
    }

    /// <summary>The paths that a pattern matches, also hidden ones such as <c>.venv</c>.</summary>
    private protected IReadOnlyList<string> PathMatches(string pattern)
    {
        if (!NamePattern.IsValid(pattern))
        {
            Report(ModuleMessages.InvalidPattern(pattern));
            return [];
        }
        try
        {
            PSObject[] items = [.. SessionState.InvokeProvider.Item.Get([pattern], force: true, literalPath: false)];
            string[] matches = [.. items.Select(item => item.BaseObject).OfType<FileSystemInfo>().Select(item => item.FullName)];
            if (matches.Length == items.Length)
            {
                return matches;
            }
            Report(ModuleMessages.NoFilePath(pattern, ModuleMessages.NotAFilePath(pattern, null)));
        }
        catch (ItemNotFoundException)
        {
            // A pattern without matches is not an error.
            return [];
        }
        catch (SessionStateException error)
        {
            Report(ModuleMessages.NoFilePath(pattern, ModuleMessages.NotAFilePath(pattern, error.Message)));
        }
        return [];
    }

    /// <summary>The names that a parameter accepts with wildcards. One that is not a valid pattern is an error and is
    /// skipped.</summary>
    private protected IReadOnlyList<NamePattern> NamePatterns(IEnumerable<string> names)
    {
        var patterns = new List<NamePattern>();
        foreach (string name in names)
        {
            if (NamePattern.Read(name) is NamePattern pattern)
            {
                patterns.Add(pattern);
            }
            else
            {
                Report(ModuleMessages.InvalidNamePattern(name));
            }
        }
        return patterns;
    }

    /// <summary>A value as text; numbers as they were typed.</summary>
    internal static string TextOf(PSObject? given) => given is null ? "" : LanguagePrimitives.ConvertTo<string>(given);

    // The environment of a result, such as that of Invoke-PipInstall.
    private static PSObject Inner(PSObject given) =>
        !EnvironmentObject.IsPlain(given) && given.BaseObject is not System.Collections.IDictionary
        && EnvironmentObject.RemoteComputer(given) is null && !EnvironmentObject.HasPath(given)
        && given.Properties["Environment"]?.Value is object inner
            ? PSObject.AsPSObject(inner)
            : given;
}
