namespace Pep668;

/// <summary>How certain it is that a package provides a distribution, or that a route leads to it.</summary>
public enum AdviceConfidence
{
    /// <summary>It is recorded: by what is installed, by the distribution's own map of names, or by the files in this
    /// folder.</summary>
    Known,

    /// <summary>It follows a convention of names, or cannot be confirmed on this machine.</summary>
    Guess,
}
