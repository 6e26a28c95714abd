using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Requirements;

namespace Pep668.Pip.Running;

/// <summary>The credentials that a run knows of, and hides from whatever comes out of it.</summary>
internal sealed class PipSecrets
{
    private const string Hidden = "****";

    private static readonly string[] VersionControl = ["git+", "hg+", "svn+", "bzr+", "git://"];

    private readonly SortedSet<string> _known = new(Comparer<string>.Create(
        (one, other) => one.Length != other.Length ? other.Length - one.Length : string.CompareOrdinal(one, other)));

    /// <summary>The credentials of the variables that pip, uv and their libraries take URLs from.</summary>
    internal static PipSecrets Read(Machine machine)
    {
        var secrets = new PipSecrets();
        foreach ((string name, string value) in machine.Variables)
        {
            if (name.StartsWith("PIP_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("UV_", StringComparison.OrdinalIgnoreCase)
                || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase))
            {
                secrets.Add(value);
                if (name.EndsWith("_PASSWORD", StringComparison.Ordinal) && value.Length > 3)
                {
                    secrets._known.Add(value);
                }
            }
        }
        return secrets;
    }

    /// <summary>Whether a text has credentials in it.</summary>
    internal static bool IsIn(string text) => UrlCredentials.Secrets(text).Count > 0;

    /// <summary>The URLs of version control systems that have credentials in them, which are hidden.</summary>
    internal static IEnumerable<string> InVersionControl(PipRequest request) =>
        request.Packages.Concat(request.Editables).Select(target => target.Text).Concat(request.Arguments)
            .Where(text => IsIn(text) && Array.Exists(VersionControl, one => text.Contains(one, StringComparison.OrdinalIgnoreCase)))
            .Select(UrlCredentials.Redact);

    /// <summary>Learns the credentials of the URLs in a text. A user's name alone is none that could be told from other
    /// words.</summary>
    internal void Add(string text)
    {
        foreach ((string secret, bool isPassword) in UrlCredentials.Secrets(text))
        {
            if (secret.Length >= (isPassword ? 4 : 12))
            {
                _known.Add(secret);
                _known.Add(Uri.UnescapeDataString(secret));
            }
        }
    }

    /// <summary>The text without any of them.</summary>
    internal string Redact(string text)
    {
        text = UrlCredentials.Redact(text);
        foreach (string secret in _known)
        {
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        }
        return text;
    }
}
