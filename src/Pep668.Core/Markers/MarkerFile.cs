using Pep668.Machines;
namespace Pep668.Markers;
internal static class MarkerFile
{
    internal static string? Find(FileTree files, string stdlib)
    {
        string path = Path.Combine(stdlib, "EXTERNALLY-MANAGED");
        return files.IsFile(path) ? path : null;
    }
}
