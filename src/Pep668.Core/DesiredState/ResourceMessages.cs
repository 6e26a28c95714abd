using Pep668.Requirements;
using Pep668.Venvs.Creation;

namespace Pep668.DesiredState;

/// <summary>The errors and warnings of resources.</summary>
internal static class ResourceMessages
{
    /// <summary>A name that is not the name of a resource.</summary>
    internal static Failure UnknownType(string name, IReadOnlyList<string> known) => new(
        FailureId.InvalidResource, $"'{name}' is not a resource; the resources are {string.Join(", ", known)}.", name);

    /// <summary>Input that is not a JSON object.</summary>
    internal static Failure NotJson(string type, string problem) =>
        new(FailureId.InvalidResource, $"The input of {type} is invalid: {problem}.", type);

    /// <summary>A property with a value that it cannot have.</summary>
    internal static Failure Invalid(string type, string key, string problem) =>
        new(FailureId.InvalidResource, $"'{key}' of {type} is invalid: {problem}.", key);

    /// <summary>A property that the resource does not have.</summary>
    internal static Failure UnknownKey(string type, string key, IReadOnlyList<string> known) => new(
        FailureId.InvalidResource, $"{type} has no property '{key}'; it has {string.Join(", ", known)}.", key);

    /// <summary>A resource whose state is only read.</summary>
    internal static Failure ReadOnly(string type) =>
        new(FailureId.InvalidResource, $"{type} has no set operation: it is read-only.", type);

    /// <summary>A state that set did not reach although nothing failed.</summary>
    internal static Failure NotReached(string type, IReadOnlyList<string> differing) => new(
        FailureId.StateNotReached, $"{type} differs from the desired state after it was set: {string.Join(", ", differing)}.", type);

    /// <summary>An environment that this user cannot change.</summary>
    /// <param name="prefix">Its folder.</param>
    /// <param name="reason">Why, as a clause.</param>
    internal static Failure NotWritable(string prefix, string reason) =>
        new(FailureId.VenvNotWritten, $"'{prefix}' cannot be created or changed: {reason}.", prefix);

    /// <summary>A package that this user cannot install or remove.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="reason">Why, as a clause.</param>
    internal static Failure NotChangeable(string name, string reason) =>
        new(FailureId.PipFailed, $"'{name}' cannot be installed or removed: {reason}.", name);

    /// <summary>A package that pip leaves where it is: it belongs to another environment.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="location">Its folder.</param>
    /// <param name="prefix">The environment that should not see it.</param>
    internal static Failure NotRemovable(string name, string location, string prefix) => new(FailureId.StateNotReached,
        $"'{name}' is in '{location}', which is not a folder of '{prefix}'; pip does not remove it from there.", name);

    /// <summary>What is wrong with an item of an array.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="problem">What is wrong with it, as a clause.</param>
    internal static string InItem(int number, string problem) => FormattableString.Invariant($"in item {number}, {problem}");

    /// <summary>What is wrong with a requirement.</summary>
    internal static string NotARequirement(string text, string problem) =>
        $"'{Shown(text)}' is not a requirement ({problem.TrimEnd('.')})";

    /// <summary>A text that is not a name alone. Extras belong to requirements: they are not removed with the
    /// package.</summary>
    internal static string NotAName(string text) => $"'{Shown(text)}' is not the name of a package";

    /// <summary>A relative path.</summary>
    internal static string NotAbsolute(string path) => $"'{UrlCredentials.RedactWithoutScheme(path)}' is not an absolute path";

    /// <summary>A text with the character NUL.</summary>
    internal static string HasNul() => "it contains the character NUL";

    /// <summary>A prompt that venv reads as the name of the current folder, which has no meaning in a state.</summary>
    internal static string CurrentFolder() => "'.' depends on the current folder";

    /// <summary>An index that is not a URL; its text may contain a password.</summary>
    internal static string NotAUrl() => "it is not a URL";

    /// <summary>A text that is neither a version nor a specifier.</summary>
    internal static string NotAVersion(string text) => $"'{Shown(text)}' is neither a version nor a version specifier (PEP 440)";

    /// <summary>The list of the Pythons, for the property that names one.</summary>
    /// <param name="other">One that can be used; null if that is not known.</param>
    internal static Remedy ForPython(string? other) => VenvMessages.ListPythons() with
    {
        Reason = $"lists the Pythons that the property 'python' can name{(other is null ? "" : $", such as '{other}'")}",
    };

    /// <summary>An environment that is replaced, with the packages in it.</summary>
    internal static Notice Replaces(string path, string? version, bool isPlan) => new(
        $"'{path}' {(isPlan ? "would be replaced, because it has" : "was replaced, because it had")} Python {version}; "
        + $"only the packages in 'requirements' {(isPlan ? "would be" : "were")} installed again.");

    // A URL without its scheme has a colon and a password before the "@", the name of a package has not.
    private static string Shown(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is >= 0 and int colon && text.IndexOf('@', StringComparison.Ordinal) > colon
            ? UrlCredentials.RedactWithoutScheme(text) : UrlCredentials.Redact(text);
}
