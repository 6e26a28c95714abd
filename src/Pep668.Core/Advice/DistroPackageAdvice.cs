using Pep668.Distros;
using Pep668.Machines;
using Pep668.Requirements;
using Pep668.Versions;

namespace Pep668.Advice;

/// <summary>Recommends the distribution's own packages. Where the system cannot be changed while it runs, they go into
/// a container for tools or into the system that is started next.</summary>
/// <param name="machine">Where it happens.</param>
/// <param name="intent">What the user wants.</param>
internal sealed class DistroPackageAdvice(Machine machine, InstallIntent intent)
{
    /// <summary>What the search found out besides: packages that are installed already, and files that cannot be
    /// read.</summary>
    internal IReadOnlyList<Notice> Notices { get; private set; } = [];

    /// <summary>The packages; nothing unless one is known for each name, nor if all are installed.</summary>
    internal IEnumerable<AdvisedRoute> Find()
    {
        string[] names = [.. intent.Names.OfType<string>().Distinct(StringComparer.Ordinal)];
        if (intent.Names.Any(name => name is null))
        {
            return [];
        }
        // The user's own packages may be in the environment; the system's Python has those of the distribution.
        var provided = new ProvidedPackages(machine, intent.Environment.SitePackages,
            intent.Environment.Manager == PythonManager.Homebrew ? SystemPackageManager.Homebrew : null);
        if (provided.Manager is not SystemPackageManager manager)
        {
            return [];
        }
        IReadOnlyList<SystemPythonPackage> found = provided.Find(names, intent.MayAsk);
        Notices = provided.Problems;
        if (!intent.Removes && found.Any(IsOtherVersion))
        {
            return [];
        }
        SystemPythonPackage[] packages = [.. found.DistinctBy(one => one.Name, StringComparer.Ordinal)];
        string series = intent.Environment.VersionInfo is Version version ? $"{version.Major}.{version.Minor}" : "3";
        bool isComplete = names.All(name => found.Any(one => IsNamed(one, name)));
        string[] wanted = isComplete ? [.. packages.Select(one => one.Name)]
            : [.. names.Select(name => manager.Capability(name, series)).OfType<string>()];
        if (!isComplete && wanted.Length < names.Length)
        {
            return [];
        }
        AdviceConfidence confidence = isComplete && packages.All(one => one.Confidence == AdviceConfidence.Known)
            ? AdviceConfidence.Known : AdviceConfidence.Guess;
        // What is not installed is not the package that pip was to remove.
        return intent.Removes
            ? isComplete && packages.All(one => one.InstalledVersion is not null) ? [Remove(manager, wanted, confidence)] : []
            : isComplete ? InstallOthers(manager, packages, confidence)
            : manager.IsLayered ? Layered(manager, wanted, confidence)
            : [Install(manager, wanted, [], confidence)];
    }

    private IEnumerable<AdvisedRoute> InstallOthers(
        SystemPackageManager manager, SystemPythonPackage[] packages, AdviceConfidence confidence)
    {
        ILookup<bool, SystemPythonPackage> byState = packages.ToLookup(manager.IsCurrent);
        Notices = [.. Notices, .. byState[true].Select(one =>
            DistroMessages.Installed(one.Name, one.InstalledVersion!, one.Distribution, manager.Distributor))];
        SystemPythonPackage[] others = [.. byState[false]];
        string[] names = [.. others.Select(one => one.Name)];
        return others.Length == 0 ? []
            : manager.IsLayered ? Layered(manager, names, confidence)
            : [Install(manager, names, others, confidence)];
    }

    // The version of the project in that of a package: 2.28.1 in 1:2.28.1+dfsg-1 (deb-version(7); others have fewer
    // parts). One that is not a version of Python's is not compared.
    private bool IsOtherVersion(SystemPythonPackage package)
    {
        int at = intent.Names.TakeWhile(name => !IsNamed(package, name!)).Count();
        string text = package.InstalledVersion ?? package.Version ?? "";
        text = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
        text = text[..(text.LastIndexOf('-') is > 0 and int hyphen ? hyphen : text.Length)];
        text = text[..(text.AsSpan().IndexOfAny('+', '~') is > 0 and int sign ? sign : text.Length)];
        return intent.Versions.ElementAtOrDefault(at) is VersionSpecifierSet wanted
            && Pep440Version.TryParse(text, out Pep440Version? version) && !wanted.Contains(version);
    }

    private static bool IsNamed(SystemPythonPackage package, string name) =>
        string.Equals(NormalizedName.Normalize(package.Distribution), name, StringComparison.Ordinal);

    private static AdvisedRoute Remove(SystemPackageManager manager, string[] packages, AdviceConfidence confidence) =>
        new(new Remedy(Owner(manager, packages.Length), manager.Remove(packages))
        {
            Route = manager.IsLayered ? AdviceRoute.Layered : AdviceRoute.DistroPackage,
        }, confidence);

    private AdvisedRoute Install(
        SystemPackageManager manager, string[] packages, SystemPythonPackage[] known, AdviceConfidence confidence)
    {
        string reason = (known.Length > 0 && confidence == AdviceConfidence.Guess ? "probably " : "") + Owner(manager, packages.Length);
        if (known.Length == 1)
        {
            SystemPythonPackage one = known[0];
            reason += one.InstalledVersion is not null ? $", {one.Version} in place of {one.InstalledVersion}"
                : one.Version is not null ? ", " + one.Version : "";
        }
        bool needsIndex = manager.OpenIndex(machine) is AptIndex { Exists: false } && known.All(one => one.InstalledVersion is null);
        ProgramStep install = manager.Install(packages);
        return new(new Remedy(reason, needsIndex ? [install with { Arguments = ["apt", "update"] }, install] : [install])
        {
            Route = AdviceRoute.DistroPackage,
        }, confidence);
    }

    private IEnumerable<AdvisedRoute> Layered(SystemPackageManager manager, string[] packages, AdviceConfidence confidence)
    {
        if (machine.IsOnPath("toolbox"))
        {
            yield return new(new Remedy("in a container for tools: this system cannot be changed while it runs",
                new ProgramStep("toolbox", "create", "--assumeyes"),
                new ProgramStep(["toolbox", "run", "sudo", "dnf", "install", .. packages])) { Route = AdviceRoute.Toolbox }, confidence);
        }
        yield return new(new Remedy(Owner(manager, packages.Length) + ", after the next start of the system", manager.Install(packages))
        {
            Route = AdviceRoute.Layered,
        }, confidence);
    }

    private static string Owner(SystemPackageManager manager, int count) =>
        (manager.Distributor is string name ? name + "'s" : "the distribution's") + (count == 1 ? " package" : " packages");
}
