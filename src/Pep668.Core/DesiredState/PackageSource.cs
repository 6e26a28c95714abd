using Pep668.Machines;
using Pep668.Pip.Requests;

namespace Pep668.DesiredState;

/// <summary>The properties that control where packages come from.</summary>
internal static class PackageSource
{
    internal const string IndexUrl = "indexUrl", ExtraIndexUrls = "extraIndexUrls", NoIndex = "noIndex", FindLinks = "findLinks",
        Installer = "installer", BreakSystemPackages = "breakSystemPackages";

    /// <summary>Those of every resource that installs packages.</summary>
    internal static IReadOnlyList<ResourceProperty> Properties { get; } =
    [
        new(IndexUrl, ResourceValue.Text, ResourceAccess.Option,
            "The package index, instead of the configured one. A user name and a password in it are passed to pip in its environment."),
        new(ExtraIndexUrls, ResourceValue.TextList, ResourceAccess.Option, "Further package indexes."),
        new(NoIndex, ResourceValue.Switch, ResourceAccess.Option, "Whether no package index is used."),
        new(FindLinks, ResourceValue.TextList, ResourceAccess.Option,
            "Folders, files or pages with distributions: absolute paths or URLs."),
        new(Installer, ResourceValue.Text, ResourceAccess.Option, "The program that installs packages: Auto, Pip or Uv."),
    ];

    /// <summary>What is wrong with one of them; null if it is valid.</summary>
    internal static string? Invalid(string property, ResourceState state) => property switch
    {
        FindLinks => state.List(FindLinks).FirstOrDefault(one => !one.Contains("://", StringComparison.Ordinal) && !IsAbsolute(one))
            is string path ? ResourceMessages.NotAbsolute(path) : null,
        IndexUrl when !IsUrl(state.Text(IndexUrl)!) => ResourceMessages.NotAUrl(),
        ExtraIndexUrls when !state.List(ExtraIndexUrls).All(IsUrl) => ResourceMessages.NotAUrl(),
        Installer when !TryInstaller(state, out _) => $"it is not one of {string.Join(", ", Enum.GetNames<PipInstaller>())}",
        _ => null,
    };

    /// <summary>A path that has the same meaning in every folder.</summary>
    internal static bool IsAbsolute(string path) =>
        Path.IsPathFullyQualified(path) || path is "~" || path.StartsWith("~/", StringComparison.Ordinal);

    /// <summary>An install of requirements from there.</summary>
    internal static PipInput Input(ResourceState state, IReadOnlyList<string> requirements) =>
        new(PipAction.Install) { Packages = requirements, FindLinks = state.List(FindLinks) };

    /// <summary>Its options.</summary>
    internal static PipRequest Rest(ResourceState state, PythonEnvironment environment) => new(PipAction.Install, environment)
    {
        IndexUrl = state.Text(IndexUrl),
        ExtraIndexUrls = state.List(ExtraIndexUrls),
        NoIndex = state.Switch(NoIndex),
        Installer = TryInstaller(state, out PipInstaller installer) ? installer : default,
        BreakSystemPackages = state.Switch(BreakSystemPackages),
    };

    private static bool IsUrl(string text) => text.Contains("://", StringComparison.Ordinal);

    private static bool TryInstaller(ResourceState state, out PipInstaller installer)
    {
        installer = default;
        return state.Text(Installer) is not string text
            || (Enum.TryParse(text, ignoreCase: true, out installer) && Enum.IsDefined(installer) && !char.IsAsciiDigit(text[0]));
    }
}
