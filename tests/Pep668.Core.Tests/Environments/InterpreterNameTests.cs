using Pep668.Environments;

namespace Pep668.Tests.Environments;

/// <summary>File names of interpreters.</summary>
public sealed class InterpreterNameTests
{
    [Theory]
    [InlineData("python", "CPython", null, null, false)]
    [InlineData("python3", "CPython", 3, null, false)]
    [InlineData("python3.11", "CPython", 3, 11, false)]
    [InlineData("python3.13t", "CPython", 3, 13, true)]
    [InlineData("python3.6m", "CPython", 3, 6, false)]
    [InlineData("python2.7mu", "CPython", 2, 7, false)]
    [InlineData("platform-python3.6", "CPython", 3, 6, false)]
    [InlineData("pypy3.9", "PyPy", 3, 9, false)]
    [InlineData("graalpy", "GraalPy", null, null, false)]
    [InlineData("python3.13t.exe", "CPython", 3, 13, true)]
    [InlineData("python.EXE", "CPython", null, null, false)]
    public void Interpreter_name_contains_implementation_and_version(
        string name, string implementation, int? major, int? minor, bool isFreeThreaded) =>
        Assert.Equal(new InterpreterName(implementation, major, minor, isFreeThreaded), InterpreterName.Parse(name));

    [Theory]
    [InlineData("python3.11-config")]
    [InlineData("python3.")]
    [InlineData("python3.11.4")]
    [InlineData("pythonw")]
    [InlineData("python3d")]
    [InlineData("ipython3")]
    [InlineData("pip3.11")]
    [InlineData("")]
    public void Interpreter_name_of_another_program_is_none(string name) => Assert.Null(InterpreterName.Parse(name));
}
