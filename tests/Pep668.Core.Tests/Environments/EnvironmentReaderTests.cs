using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary>What is an environment, and whether it is managed, on a simulated machine.</summary>
public sealed class EnvironmentReaderTests : IDisposable
{
    private const string Marker = "[externally-managed]\nError=no\n";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Conda_environment_is_not_virtual_and_managed_only_by_a_marker_in_it()
    {
        _world.Python("/opt/conda", "3.12.2").Write("/opt/conda/conda-meta/history", "").Python("/opt/base", "3.12.2", marker: Marker)
            .Write("/opt/base/conda-meta/history", "");
        Assert.Equal(["/opt/base"], Managed("/opt/conda", "/opt/base"));
        Assert.Equal((EnvironmentKind.Conda, false), (Read("/opt/conda").Kind, Read("/opt/conda").IsVirtual));
    }

    [Fact]
    public void Marker_that_is_not_a_file_is_ignored()
    {
        _world.Python("/a", "3.11.2").CreateFolder("/a/lib/python3.11/EXTERNALLY-MANAGED")
            .Python("/b", "3.11.2").Link("/b/lib/python3.11/EXTERNALLY-MANAGED", "nowhere")
            .Python("/c", "3.11.2").Write("/etc/marker", Marker).Link("/c/lib/python3.11/EXTERNALLY-MANAGED", "/etc/marker")
            .Python("/d", "3.11.2");
        Tool.Run("mkfifo", [_world.OnDisk("/d/lib/python3.11/EXTERNALLY-MANAGED")]).Checked();
        Assert.Equal(["/c"], Managed("/a", "/b", "/c", "/d"));
    }

    [Theory]
    [InlineData("/usr/bin/python3.11", ReadFailure.NotExecutable)]
    [InlineData("/usr/bin/python3.11-config", ReadFailure.NoPython)]
    [InlineData("/usr/bin/ls", ReadFailure.NoPython)]
    [InlineData("/usr/bin/python2", ReadFailure.Script)]
    [InlineData("/usr/bin/python9", ReadFailure.NoPython)]
    [InlineData("/usr/bin/none", ReadFailure.Missing)]
    [InlineData("/usr/bin/python3", ReadFailure.Missing)]
    [InlineData("/usr/bin/python", ReadFailure.Missing)]
    public void Path_that_is_not_a_Python_is_a_failure_with_a_reason(string path, object reason)
    {
        _world.Write("/usr/bin/python3.11", World.Program("3.11.2")).Write("/usr/lib/python3.11/os.py", "")
            .Write("/usr/bin/python3.11-config", World.Program("3.11.2"), executable: true)
            .Write("/usr/bin/ls", World.Program("9.1"), executable: true)
            .Write("/usr/bin/python2", "#!/bin/sh\nexec python2.7\n", executable: true)
            .Write("/usr/bin/python9", "", executable: true)
            .Link("/usr/bin/python3", "python3.99").Link("/usr/bin/python", "python");
        EnvironmentReading reading = new EnvironmentReader(_world.Machine.Files).Read(path);
        Assert.Null(reading.Environment);
        Assert.Equal(reason, reading.Reason);
    }

    private string[] Managed(params string[] paths) => [.. paths.Where(path => Read(path).IsExternallyManaged)];

    private PythonEnvironment Read(string path) => _world.Read(path);
}
