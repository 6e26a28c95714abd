namespace Pep668;

/// <summary>One step of a <see cref="Remedy"/>.</summary>
public abstract record RemedyStep
{
    private protected RemedyStep()
    {
    }

    /// <summary>Whether the user has to become root for it.</summary>
    public bool NeedsRoot { get; init; }
}

/// <summary>Runs a command of this product.</summary>
/// <param name="Command">The command.</param>
public sealed record ProductStep(ProductCommand Command) : RemedyStep
{
    /// <summary>The parameters, in the order in which they are shown.</summary>
    public IReadOnlyList<ProductArgument> Arguments { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>
    /// Whether the step before it provides the environment. PowerShell then pipes it and leaves out
    /// <see cref="ProductParameter.Environment"/>; other shells pass that parameter.
    /// </summary>
    public bool IsPiped { get; init; }

    /// <summary>The same step with a parameter, which replaces one of that name; without values, a switch.</summary>
    internal ProductStep With(ProductParameter parameter, params IReadOnlyList<string> values)
    {
        var argument = new ProductArgument(parameter, values);
        return this with
        {
            Arguments = Arguments.Any(one => one.Parameter == parameter)
                ? [.. Arguments.Select(one => one.Parameter == parameter ? argument : one)] : [.. Arguments, argument],
        };
    }

    /// <summary>The same step with one more parameter if there are values for it.</summary>
    internal ProductStep WithAny(ProductParameter parameter, IReadOnlyList<string> values) =>
        values.Count == 0 ? this : With(parameter, values);

    /// <summary>The same step with a switch if it is on.</summary>
    internal ProductStep WithSwitch(ProductParameter parameter, bool isOn) => isOn ? With(parameter) : this;
}

/// <summary>A parameter of a <see cref="ProductStep"/> and its values.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Values">Its values; none for a switch.</param>
public sealed record ProductArgument(ProductParameter Parameter, IReadOnlyList<string> Values)
{
    /// <summary>Its values; none for a switch.</summary>
    public IReadOnlyList<string> Values { get; init => field = Lists.Indexable(value); } = Lists.Indexable(Values);
}

/// <summary>Runs another program.</summary>
/// <param name="Arguments">The program and its arguments.</param>
public sealed record ProgramStep(params IReadOnlyList<string> Arguments) : RemedyStep
{
    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init => field = Lists.Indexable(value); } = Lists.Indexable(Arguments);
}

/// <summary>Removes files, or folders with everything in them.</summary>
/// <param name="AreFolders">Whether the paths are folders.</param>
/// <param name="Paths">Absolute paths.</param>
public sealed record RemovePathStep(bool AreFolders, params IReadOnlyList<string> Paths) : RemedyStep
{
    /// <summary>Absolute paths.</summary>
    public IReadOnlyList<string> Paths { get; init => field = Lists.Indexable(value); } = Lists.Indexable(Paths);
}

/// <summary>Removes a variable from the environment of the session.</summary>
/// <param name="Name">Its name.</param>
public sealed record UnsetVariableStep(string Name) : RemedyStep;
