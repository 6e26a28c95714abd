using System.Text;
using Pep668.Cli;
using Pep668.Machines;

// A console of Windows gets UTF-16, which it shows whatever its code page is; everything else gets UTF-8. No byte order
// mark, one flush at the end.
if (HostPlatform.IsWindows)
{
    Console.OutputEncoding = Encoding.Unicode;
}
using var results = new StreamWriter(Console.OpenStandardOutput(), EncodingOf(Console.IsOutputRedirected), 1 << 14);
using var messages = new StreamWriter(Console.OpenStandardError(), EncodingOf(Console.IsErrorRedirected)) { AutoFlush = true };

return CompanionRun.Run(() => Machine.Current(), results, messages, Console.IsOutputRedirected ? null : () => Console.WindowWidth,
    Environment.ProcessPath, args);

static Encoding EncodingOf(bool isRedirected) =>
    HostPlatform.IsWindows && !isRedirected ? new UnicodeEncoding(bigEndian: false, byteOrderMark: false) : new UTF8Encoding(false);
