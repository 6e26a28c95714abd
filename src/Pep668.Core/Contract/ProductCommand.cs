namespace Pep668;

/// <summary>The commands of this product: a cmdlet of the module and, for most, a command of the companion.</summary>
public enum ProductCommand
{
    /// <summary>Lists the environments of a machine.</summary>
    ListEnvironments,

    /// <summary>Tests whether an environment is externally managed.</summary>
    TestManaged,

    /// <summary>Reads the distributor's marker.</summary>
    ReadMarker,

    /// <summary>Creates a virtual environment.</summary>
    CreateVenv,

    /// <summary>Tests a virtual environment.</summary>
    TestVenv,

    /// <summary>Repairs a virtual environment.</summary>
    RepairVenv,

    /// <summary>Removes a virtual environment.</summary>
    RemoveVenv,

    /// <summary>Activates a virtual environment.</summary>
    EnterVenv,

    /// <summary>Leaves the active virtual environment.</summary>
    ExitVenv,

    /// <summary>Installs packages.</summary>
    Install,

    /// <summary>Finds out what an install would change.</summary>
    Plan,

    /// <summary>Removes packages.</summary>
    Uninstall,

    /// <summary>Lists the installed packages.</summary>
    ListPackages,

    /// <summary>Finds what past installs have broken.</summary>
    FindConflicts,

    /// <summary>Recommends ways to install packages.</summary>
    Advise,

    /// <summary>Finds the package of the system that provides a distribution.</summary>
    FindSystemPackage,

    /// <summary>Lists the places that override PEP 668.</summary>
    ListOverrides,

    /// <summary>Lists the applications that pipx and uv installed.</summary>
    ListApplications,

    /// <summary>Installs an application.</summary>
    InstallApplication,

    /// <summary>Updates applications.</summary>
    UpdateApplication,

    /// <summary>Removes an application.</summary>
    UninstallApplication,

    /// <summary>Finds what overrides PEP 668 in the files of a folder.</summary>
    FindOverrides,
}
