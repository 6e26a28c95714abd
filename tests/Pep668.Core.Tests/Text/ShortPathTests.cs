using Pep668.Text;

namespace Pep668.Tests.Text;

/// <summary>How paths are shortened in tables.</summary>
public sealed class ShortPathTests
{
    private const string Home = "/home/user";

    [Theory]
    [InlineData("/home/user/a/bin/python", 40, "/home/user/a/bin/python")]
    [InlineData("/home/user/a/bin/python", 23, "/home/user/a/bin/python")]
    [InlineData("/home/user/a/bin/python", 22, "~/a/bin/python")]
    [InlineData("/home/user/project/.venv/bin/python", 26, "~/project/.venv/bin/python")]
    [InlineData("/home/user/project/.venv/bin/python", 25, "…/project/.venv/bin/python", 1)]
    [InlineData("/home/users/a/bin/python3.11", 22, "…users/a/bin/python3.11", 1)]
    [InlineData("/home/user/project/.venv/bin/python", 3, "….venv/bin/python", 1)]
    [InlineData("/srv/😀😀😀😀😀😀😀😀😀😀", 16, "/srv/😀😀😀😀😀😀😀😀😀😀", 1)]
    public void Path_is_shortened_to_the_home_folder_then_from_the_left(string path, int width, string full, int dropped = 0)
    {
        string shown = ShortPath.Fit(path, width, Home);
        Assert.Equal(dropped == 0 ? full : "…" + full[^(shown.Length - 1)..], shown);
        Assert.True(shown.Length <= Math.Max(width, 16));
        Assert.True(dropped == 0 || shown.Length >= Math.Min(width, 16) - 1);
        Assert.False(char.IsLowSurrogate(shown[1]));
    }

    [Theory]
    [InlineData("/home/user/a", "~/a")]
    [InlineData("/home/user", "~")]
    [InlineData("/home/users/a", "/home/users/a")]
    [InlineData("/srv/home/user/a", "/srv/home/user/a")]
    public void Path_has_a_tilde_for_the_home_folder_only(string path, string expected)
    {
        Assert.Equal(expected, ShortPath.WithTilde(path, Home));
        Assert.Equal(path, ShortPath.WithTilde(path, null));
        Assert.Equal(path, ShortPath.WithTilde(path, "/"));
    }
}
