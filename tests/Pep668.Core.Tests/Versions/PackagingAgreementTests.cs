using System.Text.Json;
using static Pep668.Tests.PackagingOracle;
using Pep668.Versions;

namespace Pep668.Tests.Versions;

/// <summary>Generated versions and specifiers, evaluated by this product and by <c>packaging</c>.</summary>
public sealed class PackagingAgreementTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    [Fact]
    public void Versions_are_validated_written_and_ordered_as_by_packaging() => RandomSeed.Fixed(440).Run(seed =>
    {
        var generator = new VersionGenerator(seed);
        string[] valid = [.. Enumerable.Range(0, TestExtent.Count(4000)).Select(_ => generator.Version())];
        string[] texts =
        [
            .. valid,
            .. valid.Select(generator.Damaged),
            "", " ", "v", "v v1", "1.0.", "1.0+", "1.0+a.", "1.0+.a", "1!", "!1", "1!2!3", "1.0-", "1.0a-", "1.0a--1", "1.0--a", "1.0r",
            "1.0rr",
            "1.0prer", "1.0crc", "1.0dev.post", "1.0-1-1", "1.0a.-2",
            new string('9', 4300), new string('9', 4301), "1." + new string('0', 4301), "1+" + new string('1', 4301),
            "1+a" + new string('1', 4301),
        ];

        Answer answer = Ask(new(texts, [], []));

        Pep440Version?[] versions = [.. texts.Select(text => Pep440Version.TryParse(text, out Pep440Version? version) ? version : null)];
        Assert.Equal(answer.Normal.Zip(texts), versions.Select(version => version?.ToString()).Zip(texts));
        Assert.Equal(answer.IsPrerelease, versions.Select(version => version?.IsPrerelease ?? false));
        Assert.InRange(versions.Skip(valid.Length).Count(version => version is null), valid.Length / 4, valid.Length);
        Assert.Equal(answer.Rank, Ranks(versions));
    });

    [Fact]
    public void Specifiers_are_validated_as_by_packaging() => RandomSeed.Fixed(4401).Run(seed =>
    {
        var generator = new VersionGenerator(seed);
        int count = TestExtent.Count(6000);
        string[] texts =
        [
            .. Enumerable.Range(0, count).Select(_ => generator.AnySpecifiers()),
            "", ",", " , ", ">=", "===", "=== ", "====1", "== =1", "===a b", "===a;b", "===a)", "===1,==2", "~=1", "~=1.0", "~=1!1",
            "~=1.0+a", "==1.*.*",
            "==1.0a1.*", "==1.0+a.*", ">=1.*", "==*", "==.*", "== 1.*", "==1 .*", "<>1", "=>1", ">==1", "> =1", "1.0", ">=1.0 <2", "(>=1)",
            ">=1;",
        ];

        Answer answer = Ask(new([], texts, []));

        Assert.Equal(answer.ValidSpecifiers.Zip(texts), texts.Select(text => VersionSpecifierSet.TryParse(text, out _, out _)).Zip(texts));
        Assert.InRange(answer.ValidSpecifiers.Count(valid => valid), count / 4, count * 3 / 4);
    });

    [Fact]
    public void Specifiers_contain_the_versions_that_packaging_says() => RandomSeed.Fixed(4402).Run(seed =>
    {
        var generator = new VersionGenerator(seed);
        Case[] cases =
        [
            .. Enumerable.Range(0, TestExtent.Count(3000)).Select(number =>
            {
                string release = generator.Release();
                string specifiers = generator.Specifiers(release);
                int count = number % 2 == 0 ? 30 : 2;
                return new Case(specifiers, [.. Enumerable.Range(0, count).Select(
                    each => each % 2 == 0 ? generator.NormalVersion(release) : generator.Version())]);
            }),
        ];

        Answer answer = Ask(new([], [], cases));

        foreach ((Case asked, Verdict verdict) in cases.Zip(answer.Verdicts))
        {
            Assert.Equal(Shown(asked, verdict), Shown(asked, Judged(asked)));
        }
        Assert.InRange(answer.Verdicts.Sum(verdict => verdict.ContainsTrue.Count(bit => bit == '1')),
            cases.Length * 5 / 3, cases.Length * 40 / 3);
        Assert.InRange(answer.Verdicts.Count(verdict => verdict.ContainsNone != verdict.ContainsTrue),
            cases.Length / 6, cases.Length);
    });

    private static string Shown(Case asked, Verdict verdict) =>
        JsonSerializer.Serialize(new { verdict, asked }, Readable);

    private static Verdict Judged(Case asked)
    {
        Assert.True(VersionSpecifierSet.TryParse(asked.Specifiers, out VersionSpecifierSet? specifiers, out _));
        Pep440Version[] versions = [.. asked.Versions.Select(
            text => Pep440Version.TryParse(text, out Pep440Version? version) ? version : throw new FormatException(text))];
        string Contains(PreReleaseRule rule) =>
            string.Concat(versions.Select(version => specifiers.Contains(version, rule) ? '1' : '0'));
        return new(Contains(PreReleaseRule.Default), Contains(PreReleaseRule.Included), Contains(PreReleaseRule.Excluded));
    }

    /// <summary>Each version's place in the order, equal ones sharing one; -1 for none.</summary>
    private static IEnumerable<int> Ranks(Pep440Version?[] versions)
    {
        var ranks = new Dictionary<Pep440Version, int>();
        foreach (Pep440Version version in versions.OfType<Pep440Version>().Order())
        {
            ranks.TryAdd(version, ranks.Count);
        }
        return versions.Select(version => version is null ? -1 : ranks[version]);
    }
}
