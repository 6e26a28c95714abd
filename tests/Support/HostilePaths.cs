namespace Pep668.Tests;

/// <summary>Names of folders that mean something to a shell, to Python's reader or to the kernel.</summary>
internal static class HostilePaths
{
    internal static IReadOnlyList<string> Names { get; } =
    [
        "with a blank", "it's", "say \"hi\"", "$HOME", "`id`", "wow!", "a;b", "ü日本", "it’s “so” ‚and‛", @"back\slash \n", "end\\",
        new string('x', 200),
        "a blank and $HOME",
        "(a) & <b> | *?[c]{d}#~^ %s", "'''", "a' \"b\" $c `d` !e \\f;ü",
    ];
}
