using Pep668.Pip.Settings;

namespace Pep668.Pip.Policy;

/// <summary>The warnings of the policy.</summary>
internal static class PolicyMessages
{
    /// <summary>An override that is in force already.</summary>
    internal static Notice AmbientOverride(PipOverride found, string prefix, string tool) => new(
        $"{found.Describe()} overrides PEP 668 for '{prefix}': {tool} does not refuse to change it.", found.Remedies);

    /// <summary>What the distributor recommends, where its package manager is not known.</summary>
    internal static Notice DistributorsAdvice(PythonEnvironment environment, string message) =>
        new($"The distributor of '{environment.Executable}' recommends: " +
            $"{string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.')}.");

    /// <summary>A setting of pip or uv that it cannot read.</summary>
    internal static Notice InvalidSetting(string problem) => new(problem);

    /// <summary>pip is sent to something that is not a Python.</summary>
    internal static Notice UnreadablePython(string by, string named) =>
        new($"{by} sends pip to '{named}', which is not a Python that can be read; it is ignored.");

    /// <summary>pip is sent to another environment.</summary>
    internal static Notice OtherPython(string by, string executable) =>
        new($"{by} sends pip to '{executable}': that environment would be changed.");

    /// <summary>Python takes its library from somewhere else.</summary>
    internal static Notice OtherHome(string executable, string prefix) =>
        new($"PYTHONHOME makes '{executable}' use the standard library in '{prefix}', so pip would change '{prefix}'; PEP 668 is checked " +
            $"there.");
}
