namespace Pep668;

/// <summary>What a package is wanted for.</summary>
public enum InstallPurpose
{
    /// <summary>It is imported by the code in the current folder.</summary>
    Library,

    /// <summary>It is a program that is run, such as <c>black</c>.</summary>
    Application,

    /// <summary>Scripts of the system import it: those that run with the system's Python.</summary>
    System,

    /// <summary>A single script imports it.</summary>
    Script,
}
