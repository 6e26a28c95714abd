using System.Runtime.InteropServices;
using Pep668.Venvs.Creation;

namespace Pep668.Tests.Venvs.Creation;

/// <summary>The umask belongs to the process: no other test runs in parallel.</summary>
[CollectionDefinition(nameof(VenvUmaskTests), DisableParallelization = true)]
public sealed class Alone;

/// <summary>The user's umask determines the permissions, as with <c>venv</c> and pip.</summary>
[Collection(nameof(VenvUmaskTests))]
public sealed class VenvUmaskTests(VenvWorld world)
{
    [Theory]
    [InlineData("077", true)]
    [InlineData("002", false)]
    [InlineData("027", false)]
    public void Permissions_equal_those_of_venv_under_each_umask(string mask, bool withPip)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no masks");
        PythonEnvironment python = world.Need("newest", withPip ? Needs.Venv | Needs.Ensurepip : Needs.Venv);
        uint before = Umask(Convert.ToUInt32(mask, 8));
        try
        {
            new VenvTreeTests(world).AssertSame(new(world.NewPath(), python) { WithoutPip = !withPip });
        }
        finally
        {
            _ = Umask(before);
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint Umask(uint mask);
}
