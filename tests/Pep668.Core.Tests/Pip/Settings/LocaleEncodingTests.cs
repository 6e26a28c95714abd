using Pep668.Machines;
using Pep668.Pip.Settings;

namespace Pep668.Tests.Pip.Settings;

/// <summary>The encoding of text files according to the locale.</summary>
public sealed class LocaleEncodingTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("LC_ALL=de_DE.UTF-8", 3, 6, nameof(LocaleEncoding.Utf8))]
    [InlineData("LANG=de_DE.utf8@euro", 3, 6, nameof(LocaleEncoding.Utf8))]
    [InlineData("LANG=de_DE.ISO-8859-15", 3, 12, nameof(LocaleEncoding.Other))]
    [InlineData("LANG=de_DE", 3, 12, nameof(LocaleEncoding.Other))]
    [InlineData("LC_ALL=C", 3, 6, nameof(LocaleEncoding.Ascii))]
    [InlineData("LC_ALL=C", 3, 7, nameof(LocaleEncoding.Utf8))]
    [InlineData("LC_ALL=POSIX;PYTHONUTF8=1", 3, 6, nameof(LocaleEncoding.Ascii))]
    [InlineData("LANG=de_DE;PYTHONUTF8=1", 3, 12, nameof(LocaleEncoding.Utf8))]
    [InlineData("LC_ALL=C;LANG=de_DE.ISO-8859-1", 3, 12, nameof(LocaleEncoding.Utf8))]
    public void Encoding_follows_the_first_locale_variable_and_the_Python_version(string variables, int major, int minor, string encoding)
    {
        foreach (string[] variable in variables.Split(';').Select(text => text.Split('=', 2)))
        {
            _world.Set(variable[0], variable[1]);
        }
        Machine machine = _world.Machine;
        Assert.Equal(encoding, LocaleEncodings.Find(machine, (major, minor), PipRelease.Parse("24.2")).ToString());
        Assert.Equal(LocaleEncoding.Utf8, LocaleEncodings.Find(machine with { Platform = Platform.MacOS }, (major, minor), default));
    }
}
