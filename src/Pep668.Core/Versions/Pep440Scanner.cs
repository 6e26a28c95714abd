using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace Pep668.Versions;

/// <summary>Reads a version from left to right (PEP 440, "Appendix B : Parsing version strings with regular
/// expressions").</summary>
internal ref struct Pep440Scanner
{
    private const int MaximumDigits = 4300; // sys.int_info.default_max_str_digits

    // Of two spellings with one beginning, the longer one stands first. PEP 440, "Pre-release spelling".
    private static readonly (string Spelling, string Normal)[] PreSpellings =
    [
        ("alpha", "a"), ("a", "a"), ("beta", "b"), ("b", "b"), ("preview", "rc"), ("pre", "rc"), ("rc", "rc"), ("c", "rc"),
    ];

    // PEP 440, "Post release spelling".
    private static readonly (string Spelling, string Normal)[] PostSpellings = [("post", "post"), ("rev", "post"), ("r", "post")];

    private static readonly (string Spelling, string Normal)[] DevSpellings = [("dev", "dev")];

    private ReadOnlySpan<char> _rest;

    private Pep440Scanner(ReadOnlySpan<char> text) => _rest = text;

    /// <summary>The version that the whole text is, without white space around it; null when it is none.</summary>
    internal static Pep440Version? Read(ReadOnlySpan<char> text) => new Pep440Scanner(text).ReadVersion();

    private Pep440Version? ReadVersion()
    {
        TakeWord("v");
        BigInteger epoch = 0;
        if (!TakeNumber(out BigInteger number))
        {
            return null;
        }
        if (TakeWord("!"))
        {
            epoch = number;
            if (!TakeNumber(out number))
            {
                return null;
            }
        }
        ImmutableArray<BigInteger> release = TakeRelease(number);
        PreRelease? pre = TakeSuffix(PreSpellings, out string letter, out number) ? new PreRelease(letter, number) : null;
        BigInteger? post = TakeImplicitPost(out number) || TakeSuffix(PostSpellings, out _, out number) ? number : null;
        BigInteger? dev = TakeSuffix(DevSpellings, out _, out number) ? number : null;
        string? local = null;
        return (!TakeWord("+") || TakeLocal(out local)) && _rest.IsEmpty
            ? new Pep440Version(epoch, release, pre, post, dev, local)
            : null;
    }

    private ImmutableArray<BigInteger> TakeRelease(BigInteger first)
    {
        ImmutableArray<BigInteger>.Builder release = ImmutableArray.CreateBuilder<BigInteger>(3);
        release.Add(first);
        ReadOnlySpan<char> before = _rest;
        while (TakeWord(".") && TakeNumber(out BigInteger number))
        {
            release.Add(number);
            before = _rest;
        }
        _rest = before;
        return release.DrainToImmutable();
    }

    // PEP 440, "Implicit post releases": 1.0-1.
    private bool TakeImplicitPost(out BigInteger number)
    {
        ReadOnlySpan<char> before = _rest;
        number = 0;
        if (TakeWord("-") && TakeNumber(out number))
        {
            return true;
        }
        _rest = before;
        return false;
    }

    // PEP 440, "Pre-release separators" and "Implicit pre-release number", and the same of post and dev.
    private bool TakeSuffix((string Spelling, string Normal)[] spellings, out string normal, out BigInteger number)
    {
        ReadOnlySpan<char> before = _rest;
        TakeSeparator();
        foreach ((string spelling, string itsNormal) in spellings)
        {
            if (TakeWord(spelling))
            {
                normal = itsNormal;
                TakeSeparator();
                TakeNumber(out number);
                return true;
            }
        }
        _rest = before;
        normal = "";
        number = 0;
        return false;
    }

    // PEP 440, "Local version segments", "Integer Normalization" and "Case sensitivity".
    private bool TakeLocal(out string local)
    {
        var parts = new List<string>();
        do
        {
            int length = Count(char.IsAsciiLetterOrDigit);
            ReadOnlySpan<char> part = _rest[..length];
            _rest = _rest[length..];
            bool isNumber = !part.ContainsAnyExceptInRange('0', '9');
            if (length == 0 || (isNumber && length > MaximumDigits))
            {
                local = "";
                return false;
            }
            ReadOnlySpan<char> significant = isNumber ? part[..^1].TrimStart('0') : default;
            parts.Add(isNumber ? string.Concat(significant, part[^1..]) : part.ToString().ToLowerInvariant());
        }
        while (TakeSeparator());
        local = string.Join('.', parts);
        return true;
    }

    private bool TakeNumber(out BigInteger number)
    {
        int length = Count(char.IsAsciiDigit);
        if (length is 0 or > MaximumDigits)
        {
            number = 0;
            return false;
        }
        ReadOnlySpan<char> digits = _rest[..length];
        number = length < 19
            ? long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
            : BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        _rest = _rest[length..];
        return true;
    }

    private bool TakeWord(string word)
    {
        if (!_rest.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
        _rest = _rest[word.Length..];
        return true;
    }

    private bool TakeSeparator()
    {
        if (_rest.IsEmpty || _rest[0] is not ('.' or '-' or '_'))
        {
            return false;
        }
        _rest = _rest[1..];
        return true;
    }

    private readonly int Count(Func<char, bool> isMember)
    {
        int count = 0;
        while (count < _rest.Length && isMember(_rest[count]))
        {
            count++;
        }
        return count;
    }
}
