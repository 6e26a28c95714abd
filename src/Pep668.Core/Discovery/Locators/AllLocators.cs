namespace Pep668.Discovery.Locators;

/// <summary>
/// Every locator. The order decides who made an environment when several could have: the first that claims it, so the
/// specific ones are before those that use the files alone.
/// </summary>
internal static class AllLocators
{
    internal static IReadOnlyList<Locator> All { get; }

    /// <summary>Those of the folders that contain links to interpreters of other folders.</summary>
    internal static IReadOnlyList<Locator> Common { get; }

    static AllLocators()
    {
        All =
        [
            new ActiveLocator(),
            new NearestVenvLocator(),
            new SearchPathLocator(),
            new SystemLocator(),
            // Environments of tools, by their places and signs.
            new PoetryLocator(),
            new PdmLocator(),
            new HatchLocator(),
            new PixiLocator(),
            new CondaLocator(),
            new PyenvLocator(),
            new AsdfLocator(),
            // Tools that keep environments for their user.
            new UvLocator(),
            new PipxLocator(),
            new PipenvLocator(),
            new VirtualenvWrapperLocator(),
            // Installations of interpreters.
            new PyenvWinLocator(),
            new MiseLocator(),
            new RyeLocator(),
            new NixLocator(),
            new HomebrewLocator(),
            new MacPortsLocator(),
            new XcodeLocator(),
            new PythonOrgLocator(),
            new MicrosoftStoreLocator(),
            new PyManagerLocator(),
            new WinPythonLocator(),
            new Msys2Locator(),
            new RegistryLocator(),
            new VenvLocator(),
        ];
        Common = [.. All.Where(locator => locator.FindsLinks)];
    }
}
