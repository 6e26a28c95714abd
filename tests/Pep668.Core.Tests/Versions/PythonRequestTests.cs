using Pep668.Versions;

namespace Pep668.Tests.Versions;

public sealed class PythonRequestTests
{
    // Request; implementation, "any" for all; versions that match; versions that do not. A final t is a free-threaded
    // build.
    [Theory]
    [InlineData("3", "any", "3.12.1 3.14.0rc1", "2.7.18 31.0.0 3.13.0t")]
    [InlineData("3.12", "any", "3.12.0 3.12.1", "3.1.2 3.11.7 3.13.0 3.120.0")]
    [InlineData("3.1", "any", "3.1.0 3.1.5", "3.12.0 3.10.1")]
    [InlineData("3.14", "any", "3.14.0 3.14.0rc1 3.14.0a1", "3.13.0")]
    [InlineData("3.12.1", "any", "3.12.1", "3.12.10 3.12.0 3.12.1rc1")]
    [InlineData("3.14.0rc1", "any", "3.14.0rc1", "3.14.0 3.14.0rc2")]
    [InlineData("3.14rc1", "any", "3.14.0rc1", "3.14.0 3.14.1rc1")]
    [InlineData("3.14.0RC1", "any", "3.14.0rc1", "3.14.0")]
    [InlineData("3.13t", "any", "3.13.0t 3.13.1t", "3.13.0 3.14.0t")]
    [InlineData("3.13.0T", "any", "3.13.0t", "3.13.0 3.13.1t")]
    [InlineData("3.14.0rc1t", "any", "3.14.0rc1t", "3.14.0rc1")]
    [InlineData("python", "any", "2.7.18 3.14.0rc1", "3.13.0t")]
    [InlineData("python3", "any", "3.8.0", "2.7.18")]
    [InlineData("python3.12", "any", "3.12.1", "3.13.0")]
    [InlineData("Python 3.12.1", "any", "3.12.1", "3.12.2")]
    [InlineData("python3.13t", "any", "3.13.0t", "3.13.0")]
    [InlineData("cpython", "CPython", "3.12.1", "")]
    [InlineData("cpython3.12", "CPython", "3.12.1", "3.13.0")]
    [InlineData("cpython@3.12", "CPython", "3.12.1", "3.13.0")]
    [InlineData("CPython-3.12", "CPython", "3.12.1", "3.13.0")]
    [InlineData("cpython@3.13t", "CPython", "3.13.0t", "3.13.0")]
    [InlineData("pypy", "PyPy", "2.7.18 3.9.18", "")]
    [InlineData("pypy3.9", "PyPy", "3.9.18", "3.10.0")]
    [InlineData("PYPY@3.9", "PyPy", "3.9.18", "3.10.0")]
    [InlineData("graalpy", "GraalPy", "3.11.7", "")]
    [InlineData("graalpy-3.11", "GraalPy", "3.11.7", "3.10.0")]
    // uv's spellings
    [InlineData("312", "any", "3.12.0 3.12.1", "3.1.2 3.13.0 3.12.0t")]
    [InlineData("27", "any", "2.7.18", "27.0.0")]
    [InlineData("313t", "any", "3.13.0t", "3.13.0")]
    [InlineData("314rc1", "any", "3.14.0rc1", "3.14.0")]
    [InlineData("python312", "any", "3.12.1", "3.1.2")]
    [InlineData("cp312", "CPython", "3.12.1", "3.11.0")]
    [InlineData("cp313t", "CPython", "3.13.0t", "3.13.0")]
    [InlineData("cp", "CPython", "3.12.1", "")]
    [InlineData("pp39", "PyPy", "3.9.18", "3.10.0")]
    [InlineData("gp311", "GraalPy", "3.11.7", "3.10.0")]
    [InlineData("3.13+freethreaded", "any", "3.13.0t", "3.13.0")]
    [InlineData("cpython@3.13+FreeThreaded", "CPython", "3.13.0t", "3.13.0")]
    [InlineData(">=3.10", "any", "3.10.0 3.13.0", "3.9.18 3.14.0rc1 3.13.0t")]
    [InlineData(">=3.10,<3.13", "any", "3.10.0 3.12.9", "3.13.0 3.13.0rc1")]
    [InlineData(" >= 3.10, < 3.13 ", "any", "3.10.0 3.12.9", "3.13.0")]
    [InlineData("~=3.11", "any", "3.11.0 3.13.0", "3.10.0 4.0.0")]
    [InlineData("==3.11.*", "any", "3.11.0 3.11.9", "3.12.0 3.11.0rc1")]
    [InlineData(">=3.14.0rc1", "any", "3.14.0rc1 3.14.0", "3.14.0b4")]
    [InlineData("python>=3.10", "any", "3.10.0", "3.9.0")]
    [InlineData("pypy>=3.9", "PyPy", "3.9.18 3.10.0", "3.8.0")]
    [InlineData("pypy >=3.9,!=3.10.*", "PyPy", "3.9.18 3.11.0", "3.10.2")]
    public void Request_matches_version_and_implementation(string text, string whose, string answering, string others)
    {
        Assert.True(PythonRequest.TryParse(text, out PythonRequest? request));
        Assert.Equal(whose, request.Implementation ?? "any");
        Assert.Equal(text.Trim(), request.ToString());
        string[] implementations = ["CPython", "PyPy", "GraalPy"];
        foreach (string implementation in implementations)
        {
            bool fits = whose is "any" || string.Equals(whose, implementation, StringComparison.Ordinal);
            Assert.Equal(fits ? answering : "",
                string.Join(' ', answering.Split(' ').Where(version => Matches(request, implementation, version))));
            Assert.DoesNotContain(others.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                version => Matches(request, implementation, version));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("myenv")]
    [InlineData(".venv")]
    [InlineData("3.x")]
    [InlineData("./3.12")]
    [InlineData("/usr/bin/python3.12")]
    [InlineData("python3.12/bin")]
    [InlineData("3.12.")]
    [InlineData(".3")]
    [InlineData("v3.12")]
    [InlineData("1!3.12")]
    [InlineData("3.12-dev")]
    [InlineData("3.12.post1")]
    [InlineData("3.12+local")]
    [InlineData("3.12-1")]
    [InlineData("3 .12")]
    [InlineData("+freethreaded")]
    [InlineData("cpu")]
    [InlineData("312.")]
    [InlineData("t")]
    [InlineData("pythont")]
    [InlineData("pythonic")]
    [InlineData("python-")]
    [InlineData("python@")]
    [InlineData("python--3.12")]
    [InlineData("cpython-myenv")]
    [InlineData("cpython->=3.12")]
    [InlineData("pypy3.9-7.3.11")]
    [InlineData("@3.12")]
    [InlineData("-3.12")]
    [InlineData("jython")]
    [InlineData(">=")]
    [InlineData(">=3.x")]
    [InlineData(",>=3.10")]
    [InlineData("3.12,>=3.10")]
    [InlineData("==3.1t")]
    public void Other_text_is_not_a_request(string text)
    {
        Assert.False(PythonRequest.TryParse(text, out PythonRequest? request));
        Assert.Null(request);
    }

    [Fact]
    public void Specifier_matches_pre_releases_only_in_the_second_round()
    {
        Assert.True(PythonRequest.TryParse(">=3.14", out PythonRequest? request));
        Assert.False(Matches(request, "CPython", "3.15.0a1"));
        Assert.True(request.Matches("CPython", Version("3.15.0a1"), freeThreaded: false, allowPrereleases: true));
        Assert.False(request.Matches("CPython", Version("3.14.0rc1"), freeThreaded: false, allowPrereleases: true));
    }

    [Fact]
    public void Request_ignores_the_case_of_an_implementation()
    {
        Assert.True(PythonRequest.TryParse("PyPy", out PythonRequest? request));
        Assert.True(Matches(request, "pypy", "3.9.18"));
    }

    [Fact]
    public void Requests_with_equal_texts_are_equal()
    {
        Assert.True(PythonRequest.TryParse("pypy>=3.9", out PythonRequest? one));
        Assert.True(PythonRequest.TryParse(" PyPy>=3.9", out PythonRequest? other));
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    private static bool Matches(PythonRequest request, string implementation, string version) =>
        request.Matches(implementation, Version(version.TrimEnd('t')), freeThreaded: version.EndsWith('t'));

    private static Pep440Version Version(string text) =>
        Pep440Version.TryParse(text, out Pep440Version? version) ? version : throw new FormatException(text);
}
