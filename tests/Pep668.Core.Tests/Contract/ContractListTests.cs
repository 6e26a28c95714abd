using System.Collections.ObjectModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pep668.Tests.Contract;

/// <summary>Lists of public records can be indexed in PowerShell.</summary>
public sealed class ContractListTests
{
    public static TheoryData<string, string> Properties() => [.. typeof(PythonEnvironment).Assembly.GetExportedTypes()
        .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(
            property => property.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            && property.SetMethod is not null)
        .Select(property => (property.DeclaringType!.FullName!, property.Name))];

    [Theory]
    [MemberData(nameof(Properties))]
    public void List_of_a_record_is_an_array_whatever_it_is_made_from(string type, string name)
    {
        PropertyInfo property = typeof(PythonEnvironment).Assembly.GetType(type)!.GetProperty(name)!;
        Type element = property.PropertyType.GetGenericArguments()[0];
        object record = RuntimeHelpers.GetUninitializedObject(property.DeclaringType!);
        object list = Activator.CreateInstance(typeof(ReadOnlyCollection<>).MakeGenericType(element), Array.CreateInstance(element, 2))!;
        property.SetMethod!.Invoke(record, [list]);
        Assert.True(property.GetValue(record)!.GetType().IsArray);
    }

    [Fact]
    public void Remedies_of_a_failure_are_an_array() => Assert.True(
        new Failure(FailureId.PipFailed, "", null, [CommonRemedies.CreateVenv()]).Remedies.GetType().IsArray);
}
