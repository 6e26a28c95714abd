namespace Pep668.Requirements;

/// <summary>What an environment says of itself to markers (PEP 508, "Environment Markers"). A value that is not known
/// is empty.</summary>
internal sealed record ConditionVariables
{
    /// <summary><c>python_version</c>: the first two numbers of the language's version, such as <c>3.12</c>.</summary>
    public string PythonVersion { get; init; } = "";

    /// <summary><c>python_full_version</c>: <c>platform.python_version()</c>, such as <c>3.12.1</c>.</summary>
    public string PythonFullVersion { get; init; } = "";

    /// <summary><c>os_name</c>: <c>os.name</c>, such as <c>posix</c>.</summary>
    public string OsName { get; init; } = "";

    /// <summary><c>sys_platform</c>: <c>sys.platform</c>, such as <c>linux</c>.</summary>
    public string SysPlatform { get; init; } = "";

    /// <summary><c>platform_machine</c>: <c>platform.machine()</c>, such as <c>x86_64</c>.</summary>
    public string PlatformMachine { get; init; } = "";

    /// <summary><c>platform_system</c>: <c>platform.system()</c>, such as <c>Linux</c>.</summary>
    public string PlatformSystem { get; init; } = "";

    /// <summary><c>platform_release</c>: <c>platform.release()</c>, the kernel's.</summary>
    public string PlatformRelease { get; init; } = "";

    /// <summary><c>platform_version</c>: <c>platform.version()</c>, the kernel's build.</summary>
    public string PlatformVersion { get; init; } = "";

    /// <summary><c>platform_python_implementation</c>: <c>platform.python_implementation()</c>, such as
    /// <c>CPython</c>.</summary>
    public string PlatformPythonImplementation { get; init; } = "";

    /// <summary><c>implementation_name</c>: <c>sys.implementation.name</c>, such as <c>cpython</c>.</summary>
    public string ImplementationName { get; init; } = "";

    /// <summary><c>implementation_version</c>: the version of the implementation itself, which for PyPy is not the
    /// language's.</summary>
    public string ImplementationVersion { get; init; } = "";

    /// <summary><c>extra</c>: the one extra that is asked for; empty for none.</summary>
    public string Extra { get; init; } = "";

    /// <summary>Whether they are compared as by packaging 26, which pip has from 26.0 on; else as by 22 to
    /// 25.</summary>
    public bool IsPackaging26 { get; init; }

    /// <summary>A variable by its name in PEP 508; null for any other name.</summary>
    internal string? Value(string name) => name switch
    {
        "python_version" => PythonVersion,
        "python_full_version" => PythonFullVersion,
        "os_name" => OsName,
        "sys_platform" => SysPlatform,
        "platform_machine" => PlatformMachine,
        "platform_system" => PlatformSystem,
        "platform_release" => PlatformRelease,
        "platform_version" => PlatformVersion,
        "platform_python_implementation" => PlatformPythonImplementation,
        "implementation_name" => ImplementationName,
        "implementation_version" => ImplementationVersion,
        "extra" => Extra,
        _ => null,
    };
}
