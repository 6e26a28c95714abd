using System.Text.Json;
using Pep668.Markers;

namespace Pep668.Tests.Markers;

public sealed class MarkerLanguageTests
{
    /// <summary>Names that a system's locales have, and spellings of the portable one.</summary>
    private static readonly string[] Locales =
    [
        "de_DE", "de_DE.UTF-8", "de_DE.utf8", "de_DE@euro", "de_DE.UTF-8@euro", "de_DE.ISO-8859-15@euro", "sr_RS", "sr_RS@latin",
        "sr_RS.UTF-8@latin",
        "ca_ES@valencia", "ca_ES.UTF-8@valencia", "uz_UZ@cyrillic", "pt_BR.UTF-8", "zh_CN.GB18030", "zh_TW", "zh_Hans_CN.UTF-8",
        "nb_NO.UTF-8",
        "no_NO.UTF-8", "iw_IL.UTF-8", "en_GB:UTF-8", "zz_ZZ.UTF-8", "be_BY.UTF-8@latin", "C", "POSIX", "C.", "C@x", "C.UTF-8", "C.utf8",
        "C.UTF8", "C.utf-8", "C.UTF_8", "c.utf8", "C.UTF-8@x", "C.utf8.x", "C:UTF-8", "POSIX.UTF-8", "C.ISO8859-1", "C.ASCII", "C.en",
        "C.GB18030",
    ];

    [Fact]
    public void Language_variables_are_read_as_Python_reads_them()
    {
        foreach (Interpreter python in MarkerOracle.Panel())
        {
            JsonElement said = python.Run(
                "import json, locale, sys; print(json.dumps([locale._parse_localename(name)[0] for name in json.loads(sys.argv[1])]))",
                JsonSerializer.Serialize(Locales));
            for (int i = 0; i < Locales.Length; i++)
            {
                MarkerLanguage language = MarkerLanguage.FromVariables(_ => Locales[i], "fr-FR", python.MajorMinor);
                Assert.True(
                    string.Equals(said[i].GetString(), language.Name, StringComparison.Ordinal),
                    $"{Locales[i]}: {python.Version} says '{said[i]}', not '{language.Name}'");
            }
        }
    }

    [Theory]
    [InlineData("de_DE.UTF-8", "fr_FR.UTF-8", "es_ES.UTF-8", "de_DE")]
    [InlineData("", "fr_FR.UTF-8", "es_ES.UTF-8", "fr_FR")]
    [InlineData(null, "", "es_ES.UTF-8", "es_ES")]
    [InlineData("C", "fr_FR.UTF-8", "es_ES.UTF-8", null)]
    [InlineData(null, null, null, "zh_Hans_CN")]
    [InlineData("", "", "", "zh_Hans_CN")]
    [InlineData(null, null, "POSIX", null)]
    [InlineData(null, null, "zh_Hans_CN", "zh_Hans_CN")]
    public void Language_is_that_of_the_first_variable_with_a_value(string? all, string? messages, string? lang, string? expected)
    {
        var variables =
            new Dictionary<string, string?> { ["LC_ALL"] = all, ["LC_MESSAGES"] = messages, ["LANG"] = lang, ["LANGUAGE"] = "it" };
        Assert.Equal(expected, MarkerLanguage.FromVariables(variables.GetValueOrDefault, "zh-Hans-CN", null).Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Language_is_none_without_a_culture(string? culture) =>
        Assert.Null(MarkerLanguage.FromVariables(_ => null, culture, null).Name);

    [Theory]
    [InlineData(null, "C")]
    [InlineData("3.6", "en_US")]
    [InlineData("3.11", "en_US")]
    [InlineData("3.12", "C")]
    [InlineData("4.0", "C")]
    public void Portable_locale_depends_on_the_interpreter(string? version, string expected)
    {
        Version? python = version is null ? null : Version.Parse(version);
        Assert.Equal(expected,
            MarkerLanguage.FromVariables(_ => "C.UTF-8", null, python is null ? null : (python.Major, python.Minor)).Name);
    }

    [Theory]
    [InlineData("", "Error")]
    [InlineData("de", "Error-de Error")]
    [InlineData("de_DE", "Error-de_DE Error-de Error")]
    [InlineData("zh-Hans_CN", "Error-zh-Hans_CN Error-zh Error-zh-Hans Error")]
    [InlineData("zh_Hans-CN", "Error-zh_Hans-CN Error-zh_Hans Error-zh Error")]
    [InlineData("-x", "Error--x Error- Error")]
    public void Language_keys_are_tried_in_the_order_of_pip(string language, string keys) =>
        Assert.Equal(keys, string.Join(' ', MarkerLanguage.Verbatim(language).Keys()));
}
