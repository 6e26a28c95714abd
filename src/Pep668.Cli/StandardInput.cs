using Pep668.Machines;

namespace Pep668.Cli;

/// <summary>The bytes that another program writes to this one.</summary>
internal static class StandardInput
{
    private const int Limit = 64 << 20;

    /// <summary>All of them; none from a terminal, which would wait for a person, and none if it is closed.</summary>
    /// <exception cref="IOException">They cannot be read, or are more than 64 MiB.</exception>
    internal static ReadOnlyMemory<byte> Read()
    {
        if (!InheritedDescriptor.HasInput() || !Console.IsInputRedirected)
        {
            return default;
        }
        using Stream stream = Console.OpenStandardInput();
        using var content = new MemoryStream();
        byte[] part = new byte[1 << 16];
        for (int length; (length = stream.Read(part)) > 0;)
        {
            content.Write(part, 0, length);
            if (content.Length > Limit)
            {
                throw new IOException("it is larger than 64 MiB");
            }
        }
        return content.ToArray();
    }
}
