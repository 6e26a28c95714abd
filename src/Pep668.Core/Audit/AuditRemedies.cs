using System.Globalization;
using Pep668.Distros;
using Pep668.Machines;
using Pep668.Packages;

namespace Pep668.Audit;

/// <summary>How each kind of conflict is repaired.</summary>
internal static class AuditRemedies
{
    /// <summary>Removes the package that is found first.</summary>
    internal static Remedy Uninstall(AuditedPython python, InstalledDistribution one, string package) =>
        new Remedy($"removes it; '{package}' is used again", AuditSteps.Uninstall(python, one.Name))
            .AsRoot(python.Machine.NeedsRoot([one.MetadataPath]));

    /// <summary>The same in the folder of a user. pip removes the first that it finds, which is the user's.</summary>
    internal static Remedy UninstallOfUser(AuditedPython python, UserHome home, InstalledDistribution one, string package)
    {
        if (home.IsOwn)
        {
            return Uninstall(python, one, package);
        }
        string[] command =
        [
            "runuser", "-u", Path.GetFileName(home.Folder), "--", python.Environment.Executable, "-m", "pip", "uninstall", "--yes",
            .. python.IsMeantToBeManaged ? ["--break-system-packages"] : Array.Empty<string>(), one.Name,
        ];
        return new($"removes it as that user; '{package}' is used again",
            new ProgramStep(command) { NeedsRoot = true }.ForUser(python.Machine));
    }

    /// <summary>Installs the distro package again, after what pip put in its place was removed. pip itself does not
    /// remove files in the folders of a distribution.</summary>
    /// <param name="python">The environment.</param>
    /// <param name="owner">The package.</param>
    /// <param name="added">The files and folders that only pip's version has.</param>
    internal static IReadOnlyList<Remedy> Restore(AuditedPython python, PackageOwner owner, IReadOnlyList<string> added)
    {
        IReadOnlyList<RemedyStep> again = AuditSteps.Reinstall(python.Machine, owner);
        return again.Count == 0 ? []
            : added.Count == 0 ? [new($"installs the files of '{owner.Package.Name}' again", again)]
            : [new Remedy($"removes what pip installed, then installs the files of '{owner.Package.Name}' again",
                [new RemovePathStep(true, added), .. again]).AsRoot(python.Machine.NeedsRoot(added))];
    }

    /// <summary>Removes what is left of a package in an environment into which pip does not install.</summary>
    internal static Remedy RemoveRest(AuditedPython python, PythonPackageConflictKind kind, string? name, IReadOnlyList<string> paths) =>
        kind == PythonPackageConflictKind.PartlyRemoved && name is not null
            ? new Remedy("removes the rest of it", AuditSteps.Uninstall(python, name)).AsRoot(python.Machine.NeedsRoot(paths))
            : Remove(python.Machine, areFolders: true, paths);

    /// <summary>Restores a removed marker.</summary>
    internal static IReadOnlyList<Remedy> RestoreMarker(Machine machine, PackageOwner owner) =>
        AuditSteps.Reinstall(machine, owner) is { Count: > 0 } again
            ? [new("restores it, as the next upgrade of that package does", again)] : [];

    /// <summary>Gives a diverted marker its own name back.</summary>
    internal static IReadOnlyList<Remedy> RemoveDiversion(Machine machine, PackageOwner owner, Diversion diversion, bool hasFile) =>
        [new("removes the diversion, which upgrades of that package keep",
            [
                new ProgramStep("dpkg-divert", "--rename", "--remove", diversion.From) { NeedsRoot = true }.ForUser(machine),
                .. hasFile ? [] : AuditSteps.Reinstall(machine, owner),
            ])];

    /// <summary>Removes files or folders that belong to nothing.</summary>
    internal static Remedy Remove(Machine machine, bool areFolders, params IReadOnlyList<string> paths) =>
        new Remedy(paths.Count == 1 ? "removes it" : "removes them", new RemovePathStep(areFolders, paths))
            .AsRoot(machine.NeedsRoot(paths));

    /// <summary>Gives a folder in a home back to its user.</summary>
    internal static Remedy GiveBack(Machine machine, UserHome home, string folder)
    {
        string owner = string.Create(CultureInfo.InvariantCulture, $"{home.Owner}:{home.Group}");
        return new("gives it back to the user", new ProgramStep("chown", "-R", owner, folder) { NeedsRoot = true }.ForUser(machine));
    }

    /// <summary>Installs a package that an older Python left behind into a virtual environment.</summary>
    internal static Remedy InstallAgain(string name) => new("installs it for the present Python, in a virtual environment",
        new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, ".venv").With(ProductParameter.ReuseExisting),
        new ProductStep(ProductCommand.Install).With(ProductParameter.Package, name).With(ProductParameter.Environment, ".venv") with
        {
            IsPiped = true,
        });
}
