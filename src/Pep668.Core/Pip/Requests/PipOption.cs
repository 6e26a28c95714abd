using Pep668.Pip.Settings;

namespace Pep668.Pip.Requests;

/// <summary>One option of pip's <c>install</c> or <c>uninstall</c>.</summary>
/// <param name="Name">Its first long name, without dashes: what pip's settings call it.</param>
/// <param name="OtherNames">Its other long names.</param>
/// <param name="Letter">Its short name; <c>\0</c> for none.</param>
/// <param name="TakesValue">Whether a value belongs to it.</param>
/// <param name="InstallOnly">Whether <c>uninstall</c> does not know it.</param>
internal sealed record PipOption(string Name, string[] OtherNames, char Letter, bool TakesValue, bool InstallOnly)
{
    /// <summary>The first release that has it, as one number: <c>2203</c> is 22.3.</summary>
    internal int Since { get; init; }

    /// <summary>The first release that does not have it any more.</summary>
    internal int Until { get; init; } = int.MaxValue;

    /// <summary>Its first release with a third number.</summary>
    internal int SincePatch { get; init; }

    /// <summary>Whether only Debian's pip has it.</summary>
    internal bool IsOfDebian { get; init; }

    /// <summary>Whether <c>install</c> does not know it.</summary>
    internal bool UninstallOnly { get; init; }

    /// <summary>Whether a command has it, in any release.</summary>
    internal bool IsOf(PipAction action) => !(action == PipAction.Install ? UninstallOnly : InstallOnly);

    /// <summary>Whether a command of a release has it.</summary>
    internal bool IsIn(PipRelease pip, PipAction action) =>
        IsOf(action) && !IsLaterThan(pip) && (Until == int.MaxValue || !pip.IsAtLeast(Until / 100, Until % 100));

    /// <summary>Whether its first release comes after this one.</summary>
    internal bool IsLaterThan(PipRelease pip) => !pip.IsAtLeast(Since / 100, Since % 100, SincePatch);

    /// <summary>Its first release, in words.</summary>
    internal string First => Numbers(Since) + (SincePatch == 0 ? "" : FormattableString.Invariant($".{SincePatch}"));

    /// <summary>The first release without it, in words.</summary>
    internal string Removed => Numbers(Until);

    private static string Numbers(int release) => FormattableString.Invariant($"{release / 100}.{release % 100}");

    internal IEnumerable<string> Names => OtherNames.Prepend(Name);
}
