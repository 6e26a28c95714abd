namespace Pep668.Venvs.Seeding;

/// <summary>Where the files of a distribution belong in a virtual environment.</summary>
/// <param name="SitePackages">The folder of distributions, relative to the environment's folder.</param>
/// <param name="Scripts">The folder of commands, relative to the environment's folder.</param>
/// <param name="Executable">The full path of its interpreter, as the first line of its commands names it.</param>
internal sealed record VenvLayout(string SitePackages, string Scripts, string Executable);
