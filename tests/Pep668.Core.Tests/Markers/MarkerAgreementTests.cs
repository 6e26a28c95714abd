using System.Text;
using System.Text.Json;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Text;

namespace Pep668.Tests.Markers;

/// <summary>Every file is read by this product, by Python's <c>configparser</c> and by pip; the results must be the
/// same.</summary>
public sealed class MarkerAgreementTests : IDisposable
{
    private static readonly int CorpusSize = TestExtent.Count(3500);
    private const string Prefix = "/usr";

    private static readonly string[] Languages = ["", "de_DE", "DE_at", "zh-Hans_CN", "sr_RS-latin", "C", "de-"];

    /// <summary>U+180E: white space until Unicode 6.3 and in PyPy to this day, not in CPython since 3.4.</summary>
    private static readonly byte[] MongolianVowelSeparator = [0xE1, 0xA0, 0x8E];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pep668-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Generated_markers_are_read_as_Python_and_pip_read_them() => RandomSeed.Fixed(668).Run(seed =>
    {
        IReadOnlyList<byte[]> files = MarkerCorpus.Generate(seed, CorpusSize, RealMarkers.Contents());
        for (int i = 0; i < files.Count; i++)
        {
            File.WriteAllBytes(Path.Combine(_folder.FullName, i.ToString("D5")), files[i]);
        }
        Compare(_folder.FullName);
    });

    [Fact]
    public void Real_markers_are_read_as_Python_and_pip_read_them()
    {
        string? folder = RealMarkers.Folder();
        Assert.SkipWhen(folder is null, "no ../shared/markers beside this checkout");
        Compare(folder);
    }

    [Fact]
    public void Default_message_is_that_of_pip()
    {
        Interpreter? python = Interpreters.Minors().LastOrDefault(python => python.PipKnowsMarkers);
        Assert.SkipWhen(python is null, "needs CPython with pip 23.0 or later");
        JsonElement text = python.Run("import json, pip._internal.exceptions as e; print(json.dumps(e._DEFAULT_EXTERNALLY_MANAGED_ERROR))");
        Assert.Equal(text.GetString(), MarkerFile.DefaultMessage(python.Prefix));
    }

    private static void Compare(string folder)
    {
        var failures = new List<string>();
        foreach (Interpreter python in MarkerOracle.Panel())
        {
            int sound = 0;
            foreach (JsonElement verdict in MarkerOracle.Ask(python, folder, Languages).EnumerateArray())
            {
                string path = Path.Combine(folder, verdict.GetProperty("name").GetString()!);
                byte[] bytes = File.ReadAllBytes(path);
                if (!python.IsCPython && bytes.AsSpan().IndexOf(MongolianVowelSeparator) >= 0)
                {
                    continue;
                }
                string expected = Said(verdict.GetProperty("parse"));
                string actual = Parse(bytes, python);
                sound += expected.StartsWith("[[", StringComparison.Ordinal) ? 1 : 0;
                if (!string.Equals(expected, actual, StringComparison.Ordinal))
                {
                    failures.Add($"{python.Version} {path} {Show(bytes)}\n  Python: {expected}\n  here:   {actual}");
                }
                JsonElement pip = verdict.GetProperty("pip");
                for (int i = 0; pip.ValueKind == JsonValueKind.Array && i < Languages.Length; i++)
                {
                    ExternallyManagedMarker marker = MarkerFile.Read(
                        FileTree.Host, path, Prefix, MarkerLanguage.Verbatim(Languages[i]), python.MajorMinor);
                    if (Disagreement(pip[i], marker) is string difference)
                    {
                        failures.Add(
                            $"{python.Version} {path} '{Languages[i]}' {Show(bytes)}\n  pip:  {pip[i]}\n  here: {marker}\n  {difference}");
                    }
                }
            }
            Assert.True(sound > 10, $"{python.Version} could read only {sound} files: the comparison says little");
        }
        Assert.True(failures.Count == 0, $"{failures.Count} differences, such as\n{string.Join('\n', failures.Take(10))}");
    }

    private static string? Disagreement(JsonElement pip, ExternallyManagedMarker marker)
    {
        if (pip.TryGetProperty("message", out JsonElement message) && message.ValueKind == JsonValueKind.String)
        {
            return !string.Equals(message.GetString(), marker.Message, StringComparison.Ordinal) ? "another message"
                : marker.Problem is not null ? "a problem with a sound file"
                : marker.Language is { Length: > 0 } language && !marker.Translations.ContainsKey(language)
                    ? "a translation that is not listed"
                : null;
        }
        return !string.Equals(marker.Message, MarkerFile.DefaultMessage(Prefix), StringComparison.Ordinal) ? "no default text"
            : string.IsNullOrWhiteSpace(marker.Problem) ? "no problem"
            : marker.Language is not null ? "a language for the default text"
            : pip.TryGetProperty("crash", out JsonElement crash) && !marker.Problem.Contains("UTF-8")
                && !marker.Problem.Contains(crash.GetString()!)
                ? "pip's crash goes unnamed"
            : null;
    }

    private static string Parse(byte[] bytes, Interpreter python)
    {
        if (PythonText.DecodeUtf8(bytes, out int position) is not string text)
        {
            return $"byte {position}";
        }
        ConfigFile file = ConfigParser.Read(
            text, python.Version < new Version(3, 10) ? ConfigParser.HeaderEnd.First : ConfigParser.HeaderEnd.Last);
        return file.Error is ConfigError error
            ? $"{error.Kind}Error {error.Line}"
            : JsonSerializer.Serialize(file.Sections.Values.Select(section => new object[]
            {
                section.Name,
                section.Options().Select(option => new[] { option.Key, option.Value }),
            }));
    }

    private static string Said(JsonElement parse) =>
        parse.TryGetProperty("bytes", out JsonElement position) ? $"byte {position}"
        : parse.TryGetProperty("error", out JsonElement error) ? $"{error.GetString()} {parse.GetProperty("line")}"
        : JsonSerializer.Serialize(JsonSerializer.Deserialize<object>(parse.GetProperty("sections")));

    private static string Show(byte[] bytes) =>
        JsonSerializer.Serialize(Encoding.Latin1.GetString(bytes.Length > 600 ? bytes[..600] : bytes));
}
