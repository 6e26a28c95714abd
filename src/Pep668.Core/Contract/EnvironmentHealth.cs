namespace Pep668;

/// <summary>Whether an environment can be used.</summary>
public enum EnvironmentHealth
{
    /// <summary>Nothing stands in the way.</summary>
    Healthy,

    /// <summary>It cannot be used as it is; <see cref="PythonEnvironment.Problem"/> says why.</summary>
    Broken,
}
