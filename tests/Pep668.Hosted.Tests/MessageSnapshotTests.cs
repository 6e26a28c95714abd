using System.Reflection;

namespace Pep668.Hosted.Tests;

/// <summary>The messages of the module, in files for reviewers.</summary>
public sealed class MessageSnapshotTests
{
    [Fact]
    public void Messages_are_those_of_the_files()
    {
        using var catalog = new MessageCatalog();
        MessageSnapshot.Compare("tests/Pep668.Hosted.Tests/Messages", MessageSnapshot.Files(catalog.ForReaders(Assembly.LoadFrom(SourceTree.Module))), "Errors.txt");
    }
}
