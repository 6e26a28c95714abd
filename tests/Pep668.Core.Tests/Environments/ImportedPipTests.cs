using Pep668.Environments;

namespace Pep668.Tests.Environments;

/// <summary>Which pips check PEP 668.</summary>
public sealed class ImportedPipTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("9.0.3", false)]
    [InlineData("22.3.1", false)]
    [InlineData("23.0", true)]
    [InlineData("23", true)]
    [InlineData("23.1.dev0", true)]
    [InlineData("100.1", true)]
    [InlineData("unknown", true)]
    public void Pip_enforces_PEP_668_since_23(string? version, bool? expected) => Assert.Equal(expected, ImportedPip.Enforces(version));
}
