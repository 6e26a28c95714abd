using Pep668.Machines;

namespace Pep668.Cli;

/// <summary>The bytes that another program writes to this one.</summary>
internal static class StandardInput
{
    /// <summary>All of them; none from a terminal, which would wait for a person, and none if it is closed.</summary>
    internal static ReadOnlyMemory<byte> Read()
    {
        if (!InheritedDescriptor.HasInput() || !Console.IsInputRedirected)
        {
            return default;
        }
        using Stream stream = Console.OpenStandardInput();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
