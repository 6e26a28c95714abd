namespace Pep668;

/// <summary>What a command of Pep668 could not do: the exception of its error records.</summary>
/// <remarks>Nothing in Core throws it. Its inner exception is the cause.</remarks>
public class Pep668Exception : Exception
{
    /// <summary>Creates the exception of a failure.</summary>
    /// <param name="failure">The failure.</param>
    private protected Pep668Exception(Failure failure)
        : base(failure.Message, failure.Cause) => Id = failure.Id;

    /// <summary>The stable identifier of the error.</summary>
    public FailureId Id { get; }

    /// <summary>Creates the exception whose type fits a failure.</summary>
    /// <param name="failure">The failure.</param>
    public static Pep668Exception Create(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Id switch
        {
            FailureId.ExternallyManagedEnvironment or FailureId.VenvRequired => new ExternallyManagedException(failure),
            FailureId.EnvironmentNotFound or FailureId.PythonNotFound or FailureId.PipNotFound or FailureId.PipSeedNotFound
                or FailureId.UvNotFound or FailureId.PackageNotFound or FailureId.ApplicationInstallerNotFound =>
                new PythonItemNotFoundException(failure),
            FailureId.VenvAlreadyExists or FailureId.VenvBroken or FailureId.VenvNotWritten or FailureId.NotAVirtualEnvironment =>
                new VenvException(failure),
            FailureId.PipFailed or FailureId.NotSupportedByPip => new PipException(failure),
            _ => new Pep668Exception(failure),
        };
    }
}

/// <summary>A change that PEP 668, or pip's own setting <c>require-virtualenv</c>, forbids.</summary>
public sealed class ExternallyManagedException : Pep668Exception
{
    internal ExternallyManagedException(Failure failure)
        : base(failure) => Refusal = failure.Target as Refusal;

    /// <summary>What was refused, why, and what to do instead.</summary>
    public Refusal? Refusal { get; }
}

/// <summary>An environment, a Python, a program or a distribution that was not found.</summary>
public sealed class PythonItemNotFoundException : Pep668Exception
{
    internal PythonItemNotFoundException(Failure failure)
        : base(failure)
    {
    }
}

/// <summary>A virtual environment that could not be created, used, repaired or removed.</summary>
public sealed class VenvException : Pep668Exception
{
    internal VenvException(Failure failure)
        : base(failure)
    {
    }
}

/// <summary>pip, pipx or uv failed, or does not support what was requested.</summary>
public sealed class PipException : Pep668Exception
{
    internal PipException(Failure failure)
        : base(failure)
    {
    }
}
