using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Requests;

namespace Pep668.Pip.Policy;

/// <summary>Where an install writes distributions outside its environment (<c>--target</c>, <c>--prefix</c>,
/// <c>--root</c>, files of distutils).</summary>
/// <param name="Folders">The folders, which need not exist.</param>
/// <param name="Removes">Whether pip also removes from the environment what it installs there in another
/// version.</param>
internal sealed record OtherDestination(IReadOnlyList<string> Folders, bool Removes)
{
    /// <summary>Finds it; null if the environment itself is written.</summary>
    /// <param name="machine">Whose arguments, variables and files decide.</param>
    /// <param name="request">What is to be installed.</param>
    /// <param name="program">What runs.</param>
    internal static OtherDestination? Find(Machine machine, PipRequest request, PipProgram program)
    {
        var rules = ToolRules.Read(machine, request, program);
        InstallDestination[] places = [.. rules.Places.Where(one => one.HasModules)];
        if (Array.Exists(places, one => one.Name is "install_lib"))
        {
            places = [.. places.Where(one => one.Name is "install_lib" || one.IsRoot)];
        }
        if (places.Length == 0)
        {
            return null;
        }
        string? userSite = rules.User is null ? null : UserSite.Find(machine, rules.Environment);
        WrittenFolder[] written = [.. InstallDestination.Written(places, rules.Environment, rules.CurrentDirectory, userSite)
            .Where(one => !one.IsScripts)];
        // A root is before each of the others.
        bool hasRoot = Array.Exists(places, one => one.IsRoot && one.Value.Length > 0);
        string[] folders = [.. written.Where(one => !hasRoot || one.Destination.IsRoot).Select(one => one.Path)];
        HashSet<string> own = [.. UserSite.Folders(machine, rules.Environment).Select(Real)];
        return folders.Any(one => own.Contains(Real(one))) ? null : new(folders, rules.Removes is not null);

        string Real(string folder) => machine.Files.RealPath(folder) ?? Path.GetFullPath(folder);
    }
}
