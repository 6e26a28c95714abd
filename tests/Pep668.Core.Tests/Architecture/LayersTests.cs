namespace Pep668.Tests.Architecture;

/// <summary>Dependencies between the components of Core have one direction.</summary>
public sealed class LayersTests
{
    /// <summary>Each component, lowest layer first, and what it may use: a dependency that is not here fails the
    /// tests.</summary>
    private const string Table = """
        Contract:
        Text:
        Versions: Text
        Machines: Text
        Machines.Staging: Machines
        Shells: Contract Text
        Requirements: Text Versions
        Markers: Contract Text Machines
        Distros: Contract Machines Requirements
        Environments: Contract Text Machines Markers
        Packages: Contract Machines Machines.Staging Requirements Distros Environments
        Discovery.Locators: Contract Text Versions Machines Environments
        Discovery: Contract Text Machines Environments Discovery.Locators
        Discovery.Resolution: Contract Text Versions Machines Environments Discovery.Locators Discovery
        Advice: Contract Versions Machines Requirements Distros
        Venvs.Activation: Contract Machines
        Venvs.Seeding: Contract Text Machines Machines.Staging Environments Packages
        Venvs.Creation: Contract Text Machines Machines.Staging Shells Distros Environments Packages Discovery Venvs.Seeding
        Venvs.Repair: Contract Text Machines Machines.Staging Shells Environments Packages Discovery Discovery.Resolution
            Venvs.Seeding Venvs.Creation
        Venvs.Removal: Contract Text Machines Machines.Staging Environments Packages Discovery.Resolution Venvs.Creation
        Pip.Settings: Contract Text Versions Machines
        Pip.Requests: Contract Text Versions Machines Requirements Distros Environments Pip.Settings
        Pip.Linting: Contract Text Machines Pip.Settings Pip.Requests
        Pip.Policy: Contract Text Versions Machines Requirements Markers Distros Environments Packages Advice Pip.Settings Pip.Requests
        Pip.Running: Contract Versions Machines Requirements Environments Packages Pip.Settings Pip.Requests Pip.Policy
        Pip.Applications: Contract Text Versions Machines Requirements Distros Environments Packages Discovery.Locators Discovery
            Pip.Requests Pip.Running
        Pip.Planning: Contract Machines Requirements Distros Environments Packages Advice Pip.Requests Pip.Policy Pip.Running
        Audit: Contract Machines Requirements Markers Distros Environments Packages Discovery
        DesiredState: Contract Versions Machines Machines.Staging Requirements Environments Packages Discovery Discovery.Resolution
            Venvs.Seeding Venvs.Creation Venvs.Repair Venvs.Removal Pip.Settings Pip.Requests Pip.Policy Pip.Running Pip.Planning Audit
        """;

    /// <summary>Dependencies that may remain for now. Each has the day on which it was listed and what removes
    /// it.</summary>
    private static readonly KnownException[] Exceptions = [];

    private static readonly Layers Layers = new(Table);
    private static readonly Lazy<SourceDependencies> Source = new(() => new(SourceTree.File("src/Pep668.Core")));
    private static readonly Lazy<IReadOnlyList<Dependency>> Compiled =
        new(() => CompiledDependencies.Read(typeof(PythonEnvironment).Assembly.Location));
    private static readonly Lazy<IReadOnlyList<Dependency>> Named = new(() => Source.Value.Read());

    private sealed record KnownException(string From, string To, string Since, string RemovedBy);

    [Fact]
    public void Compiled_types_use_only_the_components_that_the_table_allows() => AssertNone(Forbidden(Compiled.Value));

    [Fact]
    public void Source_files_name_only_the_components_that_the_table_allows()
    {
        AssertNone(Forbidden(Named.Value));
        AssertNone(Source.Value.Unresolved);
    }

    [Fact]
    public void Every_listed_exception_is_still_needed()
    {
        Dependency[] all = [.. Compiled.Value, .. Named.Value];
        Assert.All(Exceptions, one => Assert.Contains(
            all, found => !Layers.IsAllowed(found.FromComponent, found.ToComponent) && Covers(one, found)));
    }

    [Fact]
    public void Every_allowed_dependency_is_used()
    {
        HashSet<(string From, string To)> used =
            [.. Compiled.Value.Concat(Named.Value).Select(one => (one.FromComponent, one.ToComponent))];
        AssertNone(Layers.Allowed.Where(pair => !used.Contains(pair)).Select(pair => $"{pair.From} may use {pair.To} and does not"));
    }

    [Fact]
    public void Every_folder_is_a_component_and_its_files_have_its_namespace()
    {
        string core = SourceTree.File("src/Pep668.Core");
        (string Path, string Folder)[] files = [.. Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(core, path))
            .Where(path => path.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Select(path => (path, Path.GetDirectoryName(path)!.Replace(Path.DirectorySeparatorChar, '.')))];
        Assert.Equal(
            Layers.Components.Order(StringComparer.Ordinal), files.Select(file => file.Folder).Distinct().Order(StringComparer.Ordinal));
        AssertNone(files.Where(file => Layers.ComponentOf(Namespace(Path.Combine(core, file.Path))) != file.Folder)
            .Select(file => $"{file.Path} has another namespace than its folder"));
    }

    [Fact]
    public void Every_component_has_one_line_in_the_README()
    {
        IEnumerable<string> described = File.ReadLines(SourceTree.File("src/Pep668.Core/README.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1].Replace('/', '.'));
        Assert.Equal(Layers.Components, described);
    }

    [Fact]
    public void Module_and_companion_do_not_depend_on_each_other()
    {
        foreach ((string project, string other) in ((string, string)[])[("Pep668", "Pep668.Cli"), ("Pep668.Cli", "Pep668.PowerShell")])
        {
            string folder = SourceTree.File("src/" + project);
            Assert.DoesNotContain(
                Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).SelectMany(File.ReadLines),
                line => line.Contains(other, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Core_uses_neither_PowerShell_nor_the_console() => Assert.DoesNotContain(
        typeof(PythonEnvironment).Assembly.GetReferencedAssemblies(),
        one => one.Name is "System.Console" or "System.Management.Automation");

    /// <summary>Writes the table with the number of uses for <c>build.ps1 Graph</c>.</summary>
    [Fact]
    public void Matrix_has_a_row_for_each_component()
    {
        string matrix = Layers.Matrix(Compiled.Value.Concat(Named.Value.Where(one => !one.IsUsingLine)));
        Assert.Equal(Layers.Components.Count + 1, matrix.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        if (Environment.GetEnvironmentVariable("PEP668_GRAPH") is string path)
        {
            File.WriteAllText(path, matrix);
        }
    }

    // One line for each pair of types, with the first place.
    private static IEnumerable<string> Forbidden(IEnumerable<Dependency> found) => found
        .Where(one => !Layers.IsAllowed(one.FromComponent, one.ToComponent) && !Exceptions.Any(known => Covers(known, one)))
        .DistinctBy(one => (one.From, one.To))
        .Select(one => one.ToString());

    private static void AssertNone(IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    private static bool Covers(KnownException known, Dependency found) => known.From == found.From && known.To == found.To;

    private static string Namespace(string path) =>
        File.ReadLines(path).First(line => line.StartsWith("namespace ", StringComparison.Ordinal))["namespace ".Length..].TrimEnd(';');
}
