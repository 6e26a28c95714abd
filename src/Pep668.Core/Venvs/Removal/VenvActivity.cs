namespace Pep668.Venvs.Removal;

/// <summary>Whether an environment is active in a session.</summary>
internal enum VenvActivity
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The module activated it in this session.</summary>
    Entered,

    /// <summary><c>VIRTUAL_ENV</c> names it, and another program activated it.</summary>
    Elsewhere,
}
