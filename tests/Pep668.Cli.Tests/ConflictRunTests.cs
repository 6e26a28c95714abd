using System.Text.Json;
using Pep668.Audit;
using Pep668.Discovery;
using Pep668.Machines;

namespace Pep668.Tests;

/// <summary>What is really broken in a copy of this Debian is found, and the remedies repair it.</summary>
public sealed class ConflictRunTests
{
    [Fact]
    public void Packages_that_pip_put_before_the_distribution_s_are_found_and_their_remedies_bring_them_back()
    {
        TestExtent.NeedFull();
        using var system = new DisposableSystem();
        system.Install("python3-pip", "python3-requests", "python3-yaml", "ansible-core");
        string[] before = [.. system.Conflicts().Select(Describe)];
        Wheels(system);
        JsonElement plan = JsonDocument.Parse(system.Shell(
            "pep668 plan 'requests>=99' 'PyYAML>=99' -E /usr/bin/python3 --no-index --find-links /wheels --json").Checked().Output)
            .RootElement;
        Assert.Equal("High", plan.GetProperty("risk").GetString());
        Assert.Equal(
        [
            $"PyYAML 99.0 python3-yaml {Installed(system, "python3-yaml")}",
            $"requests 99.0 python3-requests {Installed(system, "python3-requests")}",
        ], plan.GetProperty("shadowed").EnumerateArray().Select(one => $"{one.GetProperty("distribution")} {one.GetProperty("version")} "
            + $"{one.GetProperty("distroPackage")} {one.GetProperty("distroVersion")}").Order(StringComparer.Ordinal));
        Assert.Contains("ansible-core", plan.GetProperty("dependents").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(before, system.Conflicts().Select(Describe));

        system.Shell("python3 -m pip install --no-index --find-links /wheels --break-system-packages 'requests>=99' 'PyYAML>=99'")
            .Checked();

        JsonElement[] found = [.. system.Conflicts().Where(one => !before.Contains(Describe(one), StringComparer.Ordinal))];
        string folder = found[0].GetProperty("location").GetString()!;
        Assert.StartsWith("/usr/local/lib/python3", folder, StringComparison.Ordinal);
        Assert.Equal([$"Shadowed PyYAML 99.0 {folder} python3-yaml", $"Shadowed requests 99.0 {folder} python3-requests"],
            found.Select(Describe));
        Assert.Equal(Installed(system, "python3-requests"), found[1].GetProperty("distroVersion").GetString());
        Assert.Contains("ansible-core", found[0].GetProperty("dependents").EnumerateArray().Select(one => one.GetString()));
        // The same from outside, where nothing is run.
        Machine image = Machine.Under(system.Root);
        Assert.Equal(found.Select(Describe), ConflictFinder.Find(new EnvironmentCatalog(image)).OrNull()!
            .Where(one => one.Kind == PythonPackageConflictKind.Shadowed)
            .Select(one => $"{one.Kind} {one.Distribution} {one.Version} {one.Location} {one.DistroPackage}"));

        Repair(system, found, before);
    }

    [Fact]
    public void Every_other_kind_is_found_and_its_remedies_bring_it_back()
    {
        TestExtent.NeedFull();
        using var system = new DisposableSystem();
        system.Install("python3-pip", "python3-requests", "python3-yaml");
        string[] before = [.. system.Conflicts().Select(Describe)];
        Wheels(system);
        system.Shell("""
            set -e
            site=$(python3 -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
            marker=$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')/EXTERNALLY-MANAGED
            pip="python3 -m pip install --no-index --find-links /wheels --break-system-packages"
            $pip --target /usr/lib/python3/dist-packages --upgrade PyYAML
            $pip other
            rm "$site/other/__init__.py"
            mkdir -p "$site/phantom-1.0.dist-info" "$site/~ld" "$site/lost" /usr/local/lib/python3.2/dist-packages
            touch "$site/lost/__init__.py"
            dpkg-divert --add --rename --divert "$marker.off" "$marker"
            useradd --create-home joe
            HOME=/home/joe $pip --user 'requests>=99'
            cp -r /home/joe/.local/lib/python3.*/site-packages/requests* /usr/local/lib/python3.2/dist-packages
            rm /usr/lib/python3/dist-packages/requests/api.py
            """).Checked();

        JsonElement[] found = [.. system.Conflicts().Where(one => !before.Contains(Describe(one), StringComparer.Ordinal))];
        Assert.Equal(
        [
            "RootOwned", "Overwritten PyYAML", "Missing requests", "PartlyRemoved other", "PartlyRemoved", "MarkerDiverted",
            "DuplicateMetadata PyYAML", "PhantomMetadata phantom", "UserSite requests", "Orphaned", "LeftBehind requests",
        ], found.Select(one => $"{one.GetProperty("kind")} {one.GetProperty("distribution")}".Trim()));
        Repair(system, found, before);
    }

    [Fact]
    public void Files_of_a_real_install_whose_metadata_was_deleted_are_known_by_digest()
    {
        TestExtent.NeedFull();
        using var system = new DisposableSystem();
        system.Install("python3-pip", "python3-yaml");
        string[] before = [.. system.Conflicts().Select(Describe)];
        Wheels(system);
        system.Shell("""
            set -e
            site=$(python3 -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
            pip="python3 -m pip install --no-index --find-links /wheels --break-system-packages"
            $pip other
            $pip --target /usr/lib/python3/dist-packages other
            rm -r "$site"/other-*.dist-info
            cp -r /usr/lib/python3/dist-packages/yaml "$site"
            """).Checked();

        JsonElement[] found = [.. system.Conflicts().Where(one => !before.Contains(Describe(one), StringComparer.Ordinal))];
        string yaml = system.Shell("python3 -c 'import importlib.metadata as m; print(m.version(\"PyYAML\"))'").Checked().Output.Trim();
        Assert.Equal(["Orphaned PyYAML " + yaml, "Orphaned other 1.0"],
            found.Select(one => $"{one.GetProperty("kind")} {one.GetProperty("distribution")} {one.GetProperty("version")}")
                .Order(StringComparer.Ordinal));
        Repair(system, found, before);
    }

    [Fact]
    public void Removed_marker_is_found_and_the_package_that_contains_it_restores_it()
    {
        TestExtent.NeedFull();
        using var system = new DisposableSystem();
        string[] before = [.. system.Conflicts().Select(Describe)];
        system.Shell("rm /usr/lib/python3.*/EXTERNALLY-MANAGED").Checked();
        JsonElement[] found = [.. system.Conflicts().Where(one => !before.Contains(Describe(one), StringComparer.Ordinal))];
        Assert.Equal("MarkerRemoved", Assert.Single(found).GetProperty("kind").GetString());
        Repair(system, found, before);
    }

    // The last remedy of each removes the conflict; one before it may install the package elsewhere.
    private static void Repair(DisposableSystem system, JsonElement[] found, string[] before)
    {
        foreach (JsonElement one in found)
        {
            system.Shell(one.GetProperty("remedies").EnumerateArray().Last().GetProperty("command").GetString()!).Checked();
        }
        Assert.Equal(before, system.Conflicts().Select(Describe));
    }

    private static string Describe(JsonElement one) =>
        $"{one.GetProperty("kind")} {one.GetProperty("distribution")} {one.GetProperty("version")} {one.GetProperty("location")} "
            + one.GetProperty("distroPackage");

    private static string Installed(DisposableSystem system, string package) =>
        system.Shell($"dpkg-query -W -f '${{Version}}' {package}").Checked().Output;

    private static void Wheels(DisposableSystem system) =>
        new WheelHouse(Path.Combine(system.Root, "wheels")).Add("requests", "99.0").Add("PyYAML", "99.0", module: "yaml");
}
