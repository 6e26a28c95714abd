namespace Pep668.PowerShell.Binding;

/// <summary>The names of the cmdlets' parameter sets.</summary>
internal static class ParameterSets
{
    internal const string All = nameof(All);
    internal const string Command = nameof(Command);
    internal const string Environment = nameof(Environment);
    internal const string LiteralPath = nameof(LiteralPath);
    internal const string Name = nameof(Name);
    internal const string Path = nameof(Path);
}
