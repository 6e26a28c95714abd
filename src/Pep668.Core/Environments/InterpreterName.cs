using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>
/// The information in an interpreter's file name: <c>python</c>, <c>python3</c>, <c>python3.11</c>, <c>python3.13t</c>,
/// <c>python3.6m</c>, <c>pypy3.9</c>, <c>graalpy</c>, with <c>.exe</c> on Windows.
/// </summary>
/// <param name="Implementation">The value of <c>platform.python_implementation()</c>.</param>
/// <param name="Major">The first number, when there.</param>
/// <param name="Minor">The second number, when there.</param>
/// <param name="FreeThreaded">Whether a <c>t</c> follows (PEP 703).</param>
internal readonly record struct InterpreterName(string Implementation, int? Major, int? Minor, bool FreeThreaded)
{
    /// <summary>Reads a file name; null for any other name, such as <c>python3.11-config</c>.</summary>
    internal static InterpreterName? Parse(ReadOnlySpan<char> name)
    {
        if (name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase))
        {
            name = name[..^4];
        }
        Cut(ref name, "platform-"); // platform-python of RHEL 8
        string? implementation =
            Cut(ref name, "python") ? "CPython"
            : Cut(ref name, "pypy") ? "PyPy"
            : Cut(ref name, "graalpy") ? "GraalPy"
            : null;
        if (implementation is null)
        {
            return null;
        }
        int? major = Number(ref name);
        int? minor = null;
        if (major is not null && name is ['.', ..])
        {
            name = name[1..];
            minor = Number(ref name);
            if (minor is null)
            {
                return null;
            }
        }
        bool freeThreaded = name is ['t', ..];
        // ABI flags: d for a debug build, m for pymalloc (up to 3.7), u for wide Unicode (2.7), t for free-threaded.
        return name.TrimStart("dmut").IsEmpty && (minor is not null || name.IsEmpty)
            ? new InterpreterName(implementation, major, minor, freeThreaded)
            : null;
    }

    private static bool Cut(ref ReadOnlySpan<char> text, string start)
    {
        bool found = text.StartsWith(start, HostPlatform.PathComparison);
        if (found)
        {
            text = text[start.Length..];
        }
        return found;
    }

    private static int? Number(ref ReadOnlySpan<char> text)
    {
        int length = 0;
        int value = 0;
        while (length < text.Length && length < 4 && char.IsAsciiDigit(text[length]))
        {
            value = (value * 10) + (text[length++] - '0');
        }
        text = text[length..];
        return length == 0 ? null : value;
    }
}
