using System.Text.Json;

namespace Pep668.Tests;

/// <summary>How Python's own <c>configparser</c> and pip's own check read a folder of files: one process for all of
/// them.</summary>
internal static class MarkerOracle
{
    private const string Script = """
        import configparser, json, locale, logging, os, sys
        logging.disable(logging.CRITICAL)
        try:
            from pip._internal.exceptions import ExternallyManagedEnvironment
            class Probe(ExternallyManagedEnvironment):
                def __init__(self, error):
                    self.error = error
        except ImportError:
            Probe = None

        def parse(path):
            with open(path, 'rb') as file:
                try:
                    file.read().decode('utf-8')
                except UnicodeDecodeError as error:
                    return {'bytes': error.start}
            parser = configparser.ConfigParser(interpolation=None)
            try:
                parser.read(path, encoding='utf-8')
            except (configparser.MissingSectionHeaderError, configparser.DuplicateOptionError, configparser.DuplicateSectionError) as error:
                return {'error': type(error).__name__, 'line': error.lineno}
            except configparser.ParsingError as error:
                return {'error': 'ParsingError', 'line': error.errors[0][0]}
            return {'sections': [[name, parser.items(name)] for name in parser.sections()]}

        def ask_pip(path, language):
            locale.getlocale = lambda category: (language or None, 'UTF-8')
            try:
                error = Probe.from_config(path).error
            except Exception as error:
                return {'crash': type(error).__name__}
            return {'message': error}

        folder, languages = sys.argv[1], json.loads(sys.argv[2])
        verdicts = []
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            asked = [ask_pip(path, language) for language in languages] if Probe else None
            verdicts.append({'name': name, 'parse': parse(path), 'pip': asked})
        json.dump(verdicts, sys.stdout)
        """;

    /// <summary>
    /// The oldest CPython, the newest, and the oldest one with a pip that knows PEP 668 and the headers of 3.10; in a
    /// full run PyPy with them.
    /// </summary>
    internal static IReadOnlyList<Interpreter> Panel()
    {
        Interpreter newest = Interpreters.Newest();
        IReadOnlyList<Interpreter> all = Interpreters.Minors();
        Interpreter? middle = all.FirstOrDefault(python => python.PipKnowsMarkers && python.Version >= new Version(3, 10));
        Interpreter? other = TestExtent.IsFull
            ? Interpreters.All.FirstOrDefault(python => !python.IsCPython && python.Version.Major == 3) : null;
        return [.. new[] { all[0], middle, newest, other }.OfType<Interpreter>().Distinct()];
    }

    internal static JsonElement Ask(Interpreter python, string folder, IReadOnlyList<string> languages) =>
        python.Run(Script, folder, JsonSerializer.Serialize(languages));
}
