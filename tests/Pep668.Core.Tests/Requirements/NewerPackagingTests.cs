using Pep668.Requirements;

namespace Pep668.Tests.Requirements;

/// <summary>What <c>packaging</c> 26.0 to 26.2, in pip 26, says of conditions that earlier releases decide in another
/// way. No Python here has that pip: the expected values are those that its <c>Marker.evaluate</c> returned.</summary>
public sealed class NewerPackagingTests
{
    private static readonly ConditionVariables Values = new()
    {
        ImplementationName = "cpython",
        ImplementationVersion = "3.12.1",
        OsName = "posix",
        PlatformMachine = "x86_64",
        PlatformRelease = "6.18.44-fc-v669",
        PlatformSystem = "Linux",
        PlatformVersion = "#1 SMP PREEMPT",
        PythonFullVersion = "3.12.1",
        PlatformPythonImplementation = "CPython",
        PythonVersion = "3.12",
        SysPlatform = "linux",
        IsPackaging26 = true,
    };

    [Theory]
    [InlineData("platform_release >= '5'", false)]
    [InlineData("platform_release != '5'", false)]
    [InlineData("platform_release == '6.18.44-fc-v669'", true)]
    [InlineData("platform_release === '6.18.44-FC-v669'", true)]
    [InlineData("platform_version >= '5'", false)]
    [InlineData("sys_platform > 'aaa'", false)]
    [InlineData("sys_platform < 'zzz'", false)]
    [InlineData("sys_platform >= 'linux'", true)]
    [InlineData("sys_platform <= 'windows'", false)]
    [InlineData("os_name == 'posix'", true)]
    [InlineData("'linux' in sys_platform", true)]
    [InlineData("platform_machine not in 'arm64 aarch64'", true)]
    [InlineData("python_version >= '3.9'", true)]
    [InlineData("python_version > '3.9.0'", true)]
    [InlineData("python_full_version < '3.12.2'", true)]
    [InlineData("python_full_version ~= '3.12.0'", true)]
    [InlineData("python_version in '3.11 3.12'", true)]
    [InlineData("python_version >= 'abc'", false)]
    [InlineData("implementation_version >= '3.12'", true)]
    [InlineData("implementation_name > '1.0'", false)]
    [InlineData("platform_machine >= '1.0'", false)]
    [InlineData("'3.9' < python_version", true)]
    [InlineData("'5' <= platform_release", false)]
    [InlineData("extra == 'test'", false)]
    public void Condition_holds_as_by_packaging_26(string text, bool expected) => Assert.Equal(expected, Evaluate(text, Values));

    [Theory]
    [InlineData("platform_release >= '5'")]
    [InlineData("'5' <= platform_release")]
    [InlineData("platform_version == '5'")]
    [InlineData("implementation_version >= '7.3'")]
    public void Condition_about_a_value_that_is_not_known_has_no_result(string text) => Assert.Null(
        Evaluate(text, Values with { PlatformRelease = "", PlatformVersion = "", ImplementationVersion = "" }));

    private static bool? Evaluate(string text, ConditionVariables values)
    {
        Assert.True(RequirementCondition.TryParse(text, out RequirementCondition? condition, out _));
        return condition.TryEvaluate(values, out bool holds, out _) ? holds : null;
    }
}
