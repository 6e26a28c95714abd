using System.Globalization;
using System.Text;
using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Pip.Settings;

/// <summary>What is in one of pip's files.</summary>
/// <param name="Options">Section, key and value, in the order in which a later one counts.</param>
/// <param name="Problem">Why pip fails on this file; null when it does not.</param>
internal readonly record struct PipConfigContent(IReadOnlyList<(string Section, string Key, string Value)> Options, string? Problem);

/// <summary>
/// Reads a file as pip does: Python's <c>RawConfigParser</c>, in the encoding of the locale
/// (<c>Configuration._construct_parser</c>). What is not there or may not be read is skipped, as Python's
/// <c>read()</c> does; what cannot be decoded or parsed ends pip.
/// </summary>
internal static class PipConfigReader
{
    internal static PipConfigContent Read(Machine machine, string path, PythonEnvironment? environment)
    {
        FileContent content = machine.Files.Read(path);
        if (content.Bytes is not byte[] bytes)
        {
            return new([], null);
        }
        (int Major, int Minor) python = environment?.VersionInfo is Version version ? (version.Major, version.Minor) : (3, int.MaxValue);
        string? text = PythonText.DecodeUtf8(bytes, out int position);
        if (python.Major == 2)
        {
            return Python2Config.Read(text ?? Encoding.UTF8.GetString(bytes), path);
        }
        switch (LocaleEncodings.Find(machine, python, PipRelease.Parse(environment?.PipVersion)))
        {
            case LocaleEncoding.Ascii when bytes.AsSpan().IndexOfAnyInRange((byte)0x80, (byte)0xFF) is >= 0 and int first:
                return Broken(path, Undecodable("ASCII", first));
            case LocaleEncoding.Utf8 when text is null:
                return Broken(path, Undecodable("UTF-8", position));
            case LocaleEncoding.Other:
                // One byte, one character: what matters here is ASCII in every such encoding.
                text = Encoding.Latin1.GetString(bytes);
                break;
        }
        ConfigFile file =
            ConfigParser.Read(text!, python.CompareTo((3, 10)) < 0 ? ConfigParser.HeaderEnd.First : ConfigParser.HeaderEnd.Last);
        return file.Error is ConfigError error
            ? Broken(path, error.Describe(text!))
            : new([.. file.Sections.Values.SelectMany(
                section => section.Options().Select(option => (section.Name, option.Key, option.Value)))], null);
    }

    internal static PipConfigContent Broken(string path, string reason) => new([], $"pip cannot read '{path}': {reason}");

    private static string Undecodable(string encoding, int position) =>
        string.Create(CultureInfo.InvariantCulture, $"the file is not valid {encoding} (byte {position}).");
}
