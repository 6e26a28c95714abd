using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// Nix: the <c>bin</c> of the profiles, never the whole store. They are those of <c>NIX_PROFILES</c>,
/// <c>~/.nix-profile</c>, <c>nix/profile</c> below <c>XDG_STATE_HOME</c>, <c>/etc/profiles/per-user/USER</c>,
/// <c>/nix/var/nix/profiles/default</c> and <c>/run/current-system/sw</c> (the Nix manual, "Profiles"; NixOS's
/// <c>environment.profiles</c>). What is in the store is Nix's.
/// </summary>
internal sealed class NixLocator : Locator
{
    private const string Store = "/nix/store";

    internal override string Name => nameof(PythonManager.Nix);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Nix];

    internal override bool FindsLinks => true;

    internal override IEnumerable<string> Find(Machine machine) =>
        machine.Platform == Platform.Windows ? []
        : Profiles(machine).Distinct(StringComparer.Ordinal).SelectMany(profile => InterpretersIn(machine.Files, profile + "/bin"));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        machine.Platform != Platform.Windows && !environment.IsVirtual
        && IsBelow(machine.Variable("NIX_STORE_DIR") is string store ? machine.Absolute(store) : Store, environment.Prefix)
            ? PythonManager.Nix
            : null;

    private static IEnumerable<string> Profiles(Machine machine) =>
        (machine.Variable("NIX_PROFILES") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(machine.Absolute)
            .Concat(machine.Homes().Select(home => home + "/.nix-profile"))
            .Concat(machine.Variable("XDG_STATE_HOME") is string state ? [machine.Absolute(state) + "/nix/profile"]
                : machine.Homes().Select(home => home + "/.local/state/nix/profile"))
            .Concat(FoldersIn(machine.Files, "/etc/profiles/per-user"))
            .Concat(["/nix/var/nix/profiles/default", "/run/current-system/sw"]);
}
