using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Pep668.Tests.Architecture;

/// <summary>One component accesses the system, so that a root, a test or a safer way of writing has one place to
/// change.</summary>
public sealed class SystemAccessTests
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "System.IO.Directory", "System.IO.DirectoryInfo", "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream",
        "System.IO.StreamReader", "System.IO.StreamWriter", "System.IO.Compression.ZipFile", "System.Diagnostics.Process",
        "System.OperatingSystem", "System.Runtime.InteropServices.RuntimeInformation", "Microsoft.Win32.Registry",
    };

    private static readonly HashSet<string> Variables = new(StringComparer.Ordinal)
    {
        "GetEnvironmentVariable", "GetEnvironmentVariables", "SetEnvironmentVariable", "GetFolderPath", "get_CurrentDirectory",
    };

    [Fact]
    public void Core_accesses_files_processes_and_variables_in_Machines_only()
    {
        using var module = ModuleDefinition.ReadModule(typeof(PythonEnvironment).Assembly.Location);
        string[] found =
        [
            .. module.GetTypes()
                .Where(type => Layers.ComponentOf(Outermost(type).Namespace)?.StartsWith("Machines", StringComparison.Ordinal) != true)
                .SelectMany(type => type.Methods.Where(method => method.HasBody))
                .SelectMany(method => method.Body.Instructions.Where(IsAccess).Select(one => $"{method.FullName} uses {one.Operand}"))
                .Distinct(StringComparer.Ordinal),
        ];
        Assert.Empty(found);
    }

    [Fact]
    public void Module_and_companion_leave_files_and_processes_to_Core()
    {
        foreach (string project in (string[])["Pep668", "Pep668.Cli"])
        {
            foreach (string path in Directory.EnumerateFiles(SourceTree.File("src/" + project), "*.cs", SearchOption.AllDirectories))
            {
                if (!Path.GetRelativePath(SourceTree.File("src"), path).Split(Path.DirectorySeparatorChar).Contains("obj"))
                {
                    Assert.DoesNotMatch(@"\b(File|Directory|Process)\.[A-Z]\w+\(|new FileStream|OperatingSystem\.Is",
                        File.ReadAllText(path));
                }
            }
        }
    }

    private static bool IsAccess(Instruction instruction) => instruction.Operand is MethodReference method
        && (Types.Contains(method.DeclaringType.FullName)
            || (method.DeclaringType.FullName is "System.Environment" && Variables.Contains(method.Name)));

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);
}
