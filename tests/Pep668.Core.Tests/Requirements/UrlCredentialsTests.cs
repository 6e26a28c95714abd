using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Requirements;

namespace Pep668.Tests.Requirements;

public sealed class UrlCredentialsTests
{
    private const string Secret = "sécret%2F~";

    [Fact]
    public void Url_is_redacted_as_by_pip()
    {
        string python = Interpreters.Newest(Needs.Pip).Executable;
        string[] urls =
        [
            .. from scheme in (string[])["https", "http", "git+https", "git+ssh", "ftp"]
               from user in (string[])["", "user@", "user:secret@", ":secret@", "user:@", "u%40:p%2F@", "u:p@q@", "u:p:q@", "@"]
               from host in (string[])["example.invalid", "example.invalid:8080", "[::1]", "[::1]:8080"]
               from path in (string[])["", "/", "/x.git@main#egg=x", "/x@y?z=a@b", "?a@b:c", "#a:b@c"]
               select scheme + "://" + user + host + path,
        ];

        string[] theirs = JsonSerializer.Deserialize<string[]>(Tool.Run(
            python,
            ["-I", "-c",
                "import json, sys; from pip._internal.utils.misc import redact_auth_from_url as r; json.dump([r(u) for u in " +
                "json.load(sys.stdin)], sys.stdout)"],
            input: JsonSerializer.Serialize(urls)).Checked().Output)!;

        Assert.Equal(theirs.Zip(urls), urls.Select(UrlCredentials.Redact).Zip(urls));
    }

    [Theory]
    [InlineData("https://user:se/cret@example.invalid/x", "https://user:****@example.invalid/x")]
    [InlineData("https://user:se#cret@example.invalid", "https://user:****@example.invalid")]
    [InlineData("a @ https://u:p@h/x b @ git+https://t@h", "a @ https://u:****@h/x b @ git+https://****@h")]
    [InlineData("https://example.invalid:8080/x@main", "https://example.invalid:8080/x@main")]
    [InlineData("a//b", "a//b")]
    [InlineData("https://h/simple?token=abcd", "https://h/simple?token=****")]
    [InlineData("https://u:p@h/simple?a=1&X-Amz-Signature=f0f0;b=2#egg=x", "https://u:****@h/simple?a=1&X-Amz-Signature=****;b=2#egg=x")]
    [InlineData("(see https://h/x?0123456789abcdef) and b?token=c", "(see https://h/x?****) and b?token=c")]
    [InlineData("https://h/x?next=https://u:p@h/", "https://h/x?next=****")]
    [InlineData("https://h/x?download=1&ref=main&token=#x", "https://h/x?download=1&ref=main&token=#x")]
    [InlineData("//a?b&//c&x=?key=1", "//a?b&//c&x=****")]
    [InlineData("//a:b //c:d//e@f//g:h", "//a:b //c:****@f//g:h")]
    public void Url_with_unquoted_password_or_text_around_it_is_redacted(string text, string redacted) =>
    Assert.Equal(redacted, UrlCredentials.Redact(text));

    /// <summary>A secret in a URL, with any fault in the rest.</summary>
    [Fact]
    public void Requirement_problem_never_contains_a_secret() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            seed =>
            {
                var generator = new RequirementGenerator(seed);
                string url = $"{(seed % 2 == 0 ? "" : "git+")}https://user:{Secret}@example.invalid/x";
                string text = (seed % 7) switch
                {
                    0 => generator.Damaged("name @ ") + url + generator.Damaged(" ; os_name == 'x'"),
                    1 => generator.Requirement() + url,
                    2 => url + generator.Damaged("#egg=name"),
                    3 => url + ";" + generator.Damaged(" os_name == 'x'"),
                    4 => "name==" + url,
                    5 => "--index-url=" + url,
                    _ => "name --index-url=" + url,
                };
                Machine machine = Machine.Current();
                string said = PipTarget.TryParse(text, machine, out PipTarget? target, out RequirementProblem? problem)
                    ? target + target.Redacted + target.Requirement + target.Requirement?.Redacted
                    : problem + problem.Message + problem.Text;
                return (!said.Contains(Secret)).Label(text + "\n" + said);
            }).CheckWithSeed(5000);
}
