using System.Text;

namespace Pep668.Machines;

/// <summary>Reads what a child writes to one stream, and keeps a bounded part of it.</summary>
internal sealed class BoundedReader(StreamReader stream)
{
    /// <summary>The most characters of all that a child writes.</summary>
    internal const int MostText = 4 << 20;

    /// <summary>The most characters of one line.</summary>
    internal const int MostLine = 1 << 16;

    private readonly char[] _buffer = new char[1 << 14];
    private readonly StringBuilder _kept = new();
    private volatile bool _isTooMuch;

    /// <summary>Whether there was more than <see cref="MostText"/>.</summary>
    internal bool IsTooMuch => _isTooMuch;

    /// <summary>What was read until now.</summary>
    internal string Text
    {
        get
        {
            lock (_kept)
            {
                return _kept.ToString();
            }
        }
    }

    /// <summary>Reads to the end.</summary>
    /// <param name="overflow">Called once there is more than <see cref="MostText"/>, where reading ends.</param>
    internal async Task ReadAll(Action overflow)
    {
        for (int count; (count = await stream.ReadAsync(_buffer).ConfigureAwait(false)) > 0;)
        {
            lock (_kept)
            {
                _isTooMuch = _kept.Length + count > MostText;
                if (!_isTooMuch)
                {
                    _kept.Append(_buffer, 0, count);
                }
            }
            if (_isTooMuch)
            {
                overflow();
                return;
            }
        }
    }

    /// <summary>Reads to the end in lines, as <see cref="TextReader.ReadLine"/> does; of one that is longer than
    /// <see cref="MostLine"/> the beginning.</summary>
    /// <param name="take">Takes a line without its end; returns whether to continue.</param>
    internal async Task ReadLines(Func<string, bool> take)
    {
        bool isOpen = false, afterReturn = false;
        for (int count; (count = await stream.ReadAsync(_buffer).ConfigureAwait(false)) > 0;)
        {
            for (int at = 0; at < count; at++)
            {
                char letter = _buffer[at];
                bool isSecond = afterReturn && letter == '\n';
                afterReturn = letter == '\r';
                isOpen = letter is not ('\r' or '\n');
                if (isOpen)
                {
                    _ = _kept.Length < MostLine ? _kept.Append(letter) : _kept;
                }
                else if (!isSecond && !take(Line()))
                {
                    return;
                }
            }
        }
        if (isOpen)
        {
            _ = take(Line());
        }
    }

    private string Line()
    {
        string line = _kept.ToString();
        _kept.Clear();
        return line;
    }
}
