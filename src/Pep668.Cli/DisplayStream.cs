using System.Text;
using Pep668.Text;

namespace Pep668.Cli;

/// <summary>Takes text as UTF-8, in parts that end between characters, and writes it to <paramref name="output"/> as
/// lines that are shown. A large document is never in memory as a whole.</summary>
/// <param name="output">Where it is written.</param>
internal sealed class DisplayStream(TextWriter output) : Stream
{
    private char[] _letters = [];

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_letters.Length < buffer.Length)
        {
            _letters = new char[buffer.Length];
        }
        ReadOnlySpan<char> text = _letters.AsSpan(0, Encoding.UTF8.GetChars(buffer, _letters));
        if (DisplayText.ArePlainLines(text))
        {
            output.Write(text);
        }
        else
        {
            output.Write(DisplayText.EscapeLines(text.ToString()));
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    // What is behind it decides when it is written to the system.
    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
