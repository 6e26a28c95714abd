using Pep668.Distros;
using Pep668.Machines;
using Pep668.Pip.Requests;

namespace Pep668.Pip.Policy;

/// <summary>The texts of a refusal: what <c>ExternallyManagedEnvironment</c> in <c>pip/_internal/exceptions.py</c>
/// prints, in other words and with what this machine shows.</summary>
/// <param name="machine">Where it happens.</param>
/// <param name="rules">What was requested.</param>
internal sealed class RefusalText(Machine machine, ToolRules rules)
{
    private readonly PythonEnvironment _environment = rules.Environment;

    private string Nothing => rules.Request.Action == PipAction.Install ? "nothing was installed" : "nothing was removed";

    /// <summary>Who manages an environment; null if it is not known.</summary>
    internal string? Distributor(string prefix) => _environment.Manager switch
    {
        PythonManager.Homebrew or PythonManager.MacPorts or PythonManager.Nix or PythonManager.Conda =>
            _environment.Manager.ToString(),
        PythonManager.Uv => "uv",
        PythonManager.Msys2 => "MSYS2",
        _ => prefix is "/usr" ? OsRelease.Read(machine.Files).ShortName : null,
    };

    /// <summary>The first sentence: what manages the environment, and that nothing was done.</summary>
    internal string Sentence(ManagedDestination found)
    {
        string? distributor = Distributor(found.Prefix);
        string sentence = found.Removing is InstallDestination other
            ? $"{rules.Tool} can remove packages from '{found.Prefix}', which {distributor ?? "another package manager"} manages "
                + $"(PEP 668), for {other}; {Nothing}."
            : found.Written is WrittenFolder written
            ? $"{written.Destination} belongs to '{found.Prefix}', which {distributor ?? "another package manager"} manages (PEP 668); "
                + $"{Nothing}."
            : $"{distributor ?? "Another package manager"} manages '{_environment.Executable}' (PEP 668); {Nothing}.";
        return ExpectedVenv.Describe(machine, _environment) is string expected ? $"{sentence} {expected}" : sentence;
    }

    /// <summary>The sentence of pip's setting <c>require-virtualenv</c>.</summary>
    internal string NotVirtual(string required)
    {
        string sentence = $"pip may change virtual environments only ({required}), and '{_environment.Executable}' is not one; {Nothing}.";
        return ExpectedVenv.Describe(machine, _environment) is string expected ? $"{sentence} {expected}" : sentence;
    }

    /// <summary>The sentence of an override that pip does not have.</summary>
    internal string NoOverride() =>
        $"{rules.Tool} has no override of PEP 668 for '{_environment.Executable}' (pip 23.0.1 and later have one); {Nothing}.";

    /// <summary>What else is known, a sentence each.</summary>
    /// <param name="found">Why it is refused.</param>
    /// <param name="marker">The distributor's marker.</param>
    internal IReadOnlyList<string> Explain(ManagedDestination found, ExternallyManagedMarker marker)
    {
        string verb = rules.Request.Action == PipAction.Install ? "install into" : "uninstall from";
        var lines = new List<string>
        {
            $"{rules.Tool} would {verb} '{_environment.Prefix}' (Python {_environment.Version}, '{_environment.Executable}').",
        };
        if (found.Written is WrittenFolder written)
        {
            lines.Add($"It would write to '{Path.GetFullPath(written.Path)}'; {rules.Tool} does not check {written.Destination.Option}.");
        }
        if (found.Removing is InstallDestination removing)
        {
            lines.Add($"With {removing.Option}, {rules.Tool} removes each installed package that it installs in another version; "
                + "with --ignore-installed it removes nothing.");
        }
        if (!rules.Enforces)
        {
            lines.Add($"{rules.Tool} is older than 23.0 and does not check PEP 668; the check applies regardless.");
        }
        lines.Add($"The marker is '{marker.Path}'" + (marker.Problem is null ? "."
            : $"; it is invalid ({marker.Problem.TrimEnd('.')}), so the text is pip's default."));
        if (rules.User is not null)
        {
            lines.Add(
                $"PEP 668 also applies to {rules.User}: packages in the user site take precedence over the system's packages in every "
                + "program that this user runs with this Python.");
        }
        string owner = OsRelease.Read(machine.Files).PrettyName is string name && found.Prefix is "/usr" ? name
            : Distributor(found.Prefix) ?? "the provider of this Python";
        lines.Add($"If the marker is a mistake, report it to {owner}: the marker belongs to its package.");
        lines.Add(
            "An override (-BreakSystemPackages, --break-system-packages) can break this Python and the programs that use it: what pip "
            + "installs replaces or shadows the packages of the other package manager.");
        lines.AddRange(
            HostContext.Describe(machine).Select(context => $"This machine looks like {context}; the check applies regardless."));
        return lines;
    }
}
