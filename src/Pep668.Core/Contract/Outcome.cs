using System.Diagnostics.CodeAnalysis;

namespace Pep668;

/// <summary>
/// A value, or the failure that explains why it is missing: always exactly one of the two.
/// What can fail in an expected way returns one and does not throw.
/// </summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <remarks>
/// Not part of the contract with users and scripts: it is public because the module and the companion use it.
/// It is a class, because the default value of a structure would have neither part. Where most absences need no words,
/// as in <c>EnvironmentReading</c>, which discovery makes for each path, the reason is an enumeration and no outcome.
/// </remarks>
internal sealed record Outcome<T>
    where T : class
{
    private readonly T? _value;
    private readonly IReadOnlyList<Failure> _furtherFailures = [];

    internal Outcome(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    internal Outcome(Failure failure, IReadOnlyList<Failure> furtherFailures)
    {
        ArgumentNullException.ThrowIfNull(failure);
        (Failure, _furtherFailures) = (failure, furtherFailures);
    }

    /// <summary>Why the value is missing; null when there is one. The first, where several things are wrong.</summary>
    public Failure? Failure { get; }

    /// <summary>Everything that is wrong; empty when there is a value.</summary>
    public IReadOnlyList<Failure> Failures => Failure is null ? [] : [Failure, .. _furtherFailures];

    /// <summary>Warnings; also beside a failure.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>How it came about, in words, for <c>-Verbose</c>; also beside a failure.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Gets the value, or the failure.</summary>
    /// <param name="value">The value; null when there is a failure.</param>
    /// <param name="failure">The failure; null when there is a value.</param>
    /// <returns>Whether there is a value.</returns>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Failure? failure)
    {
        (value, failure) = (_value, Failure);
        return value is not null;
    }

    /// <summary>The value, or null; for callers to whom the failure does not matter.</summary>
    public T? OrNull() => _value;

    /// <summary>The outcome that has a value.</summary>
    public static implicit operator Outcome<T>(T value) => new(value);

    /// <summary>The outcome that has a failure.</summary>
    public static implicit operator Outcome<T>(Failure failure) => new(failure, []);
}

/// <summary>Makes outcomes where a conversion does not suffice: with reasons and notices, or with several
/// failures.</summary>
internal static class Outcome
{
    /// <summary>The outcome that has a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="reasons">How it came about.</param>
    /// <param name="notices">What to warn of.</param>
    public static Outcome<T> Success<T>(T value, IReadOnlyList<string>? reasons = null, IReadOnlyList<Notice>? notices = null)
        where T : class => new(value) { Reasons = reasons ?? [], Notices = notices ?? [] };

    /// <summary>The outcome of something in which several things are wrong.</summary>
    /// <param name="failures">What is wrong, at least one, the most important first.</param>
    public static Outcome<T> Fail<T>(IReadOnlyList<Failure> failures)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(failures);
        return failures.Count > 0
            ? new(failures[0], [.. failures.Skip(1)])
            : throw new ArgumentException("At least one failure is needed.", nameof(failures));
    }
}
