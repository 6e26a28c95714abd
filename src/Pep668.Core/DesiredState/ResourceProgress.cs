namespace Pep668.DesiredState;

/// <summary>What happens while a state is set. It applies also if a later step fails.</summary>
internal sealed class ResourceProgress
{
    private readonly List<Notice> _notices = [];

    /// <summary>The warnings.</summary>
    internal IReadOnlyList<Notice> Notices => _notices;

    /// <summary>Whether a step reported that it changed something.</summary>
    internal bool HasChanged { get; private set; }

    /// <summary>Adds the warnings of a step.</summary>
    /// <returns>The same outcome.</returns>
    internal Outcome<T> Take<T>(Outcome<T> step)
        where T : class
    {
        Add(step.Notices);
        return step;
    }

    /// <summary>Adds warnings.</summary>
    internal void Add(params IReadOnlyList<Notice> notices) => _notices.AddRange(notices);

    /// <summary>Adds whether a step changed something.</summary>
    internal void Add(bool hasChanged) => HasChanged |= hasChanged;
}
