namespace Pep668;

/// <summary>The parameters that a remedy can give to a <see cref="ProductCommand"/>.</summary>
public enum ProductParameter
{
    /// <summary>Where a virtual environment is created, or what is listed.</summary>
    Path,

    /// <summary>The Python that a virtual environment is created from.</summary>
    Python,

    /// <summary>The environment to work on.</summary>
    Environment,

    /// <summary>What to install or remove.</summary>
    Package,

    /// <summary>The names of applications.</summary>
    Name,

    /// <summary>Requirements files.</summary>
    Requirement,

    /// <summary>Constraints files.</summary>
    Constraint,

    /// <summary>Projects to install in editable mode.</summary>
    Editable,

    /// <summary>Installs newer versions of installed packages.</summary>
    Upgrade,

    /// <summary>The package index.</summary>
    IndexUrl,

    /// <summary>Further package indexes.</summary>
    ExtraIndexUrl,

    /// <summary>Uses no package index.</summary>
    NoIndex,

    /// <summary>Folders, files or pages with distributions.</summary>
    FindLinks,

    /// <summary>Changes nothing and reports what would change.</summary>
    DryRun,

    /// <summary>Lets code of packages run, to build them.</summary>
    AllowBuild,

    /// <summary>Which program installs.</summary>
    Installer,

    /// <summary>Arguments of pip's own.</summary>
    ArgumentList,

    /// <summary>Overrides PEP 668.</summary>
    BreakSystemPackages,

    /// <summary>Asks for no confirmation; replaces or removes what exists.</summary>
    Force,

    /// <summary>The name of a virtual environment in the prompt.</summary>
    Prompt,

    /// <summary>Lets a virtual environment import the packages of its base Python.</summary>
    SystemSitePackages,

    /// <summary>Does not install pip.</summary>
    WithoutPip,

    /// <summary>Uses an environment that exists and fits.</summary>
    ReuseExisting,

    /// <summary>A folder that is used as the root of the file system.</summary>
    Root,

    /// <summary>A version or version specifier.</summary>
    Version,

    /// <summary>The kind of environments.</summary>
    Kind,

    /// <summary>Only externally managed environments.</summary>
    ExternallyManaged,

    /// <summary>Runs the interpreters and compares their answers with their files.</summary>
    Verify,
}
