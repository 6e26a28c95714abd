using Pep668.Machines;

namespace Pep668.Pip.Requests;

/// <summary>What pip takes from the text of a URL (<c>pip/_internal/vcs/versioncontrol.py</c>, <c>is_url</c>;
/// <c>pip/_internal/models/link.py</c>).</summary>
internal static class PipUrl
{
    private static readonly string[] Schemes =
    [
        "http", "https", "file", "ftp",
        "git+http", "git+https", "git+ssh", "git+git", "git+file",
        "hg+file", "hg+http", "hg+https", "hg+ssh", "hg+static-http",
        "svn+ssh", "svn+http", "svn+https", "svn+svn", "svn+file",
        "bzr+http", "bzr+https", "bzr+ssh", "bzr+sftp", "bzr+ftp", "bzr+lp", "bzr+file",
    ];

    /// <summary>Whether it begins with the scheme of a URL that pip knows; upper and lower case aside.</summary>
    internal static bool IsUrl(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        foreach (string scheme in Schemes)
        {
            if (colon == scheme.Length && text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether it is the URL of a version control system; <c>git:</c> and <c>svn:</c> alone stand for
    /// <c>git+git:</c> and <c>svn+svn:</c>.</summary>
    internal static bool IsVersionControl(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        return text.StartsWith("git:", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("svn:", StringComparison.OrdinalIgnoreCase)
            || (IsUrl(text) && text[..colon].Contains('+'));
    }

    /// <summary>Whether the brackets around the host, an address of IPv6, are a pair.</summary>
    internal static bool HasSoundHost(ReadOnlySpan<char> url)
    {
        ReadOnlySpan<char> host = Host(url);
        return host.Contains('[') == host.Contains(']');
    }

    /// <summary>The path of a <c>file:</c> URL (<c>utils/urls.py</c>, <c>url_to_path</c>); null for another URL, and
    /// for one of another computer.</summary>
    internal static string? FilePath(string url)
    {
        const string Scheme = "file:";
        if (!url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        string rest = url[Scheme.Length..];
        int end = rest.AsSpan().IndexOfAny('?', '#');
        rest = Uri.UnescapeDataString(end < 0 ? rest : rest[..end]);
        ReadOnlySpan<char> host = Host(url);
        string path = rest.StartsWith("//", StringComparison.Ordinal) ? rest[(2 + host.Length)..] : rest;
        if (HostPlatform.IsWindows && path is ['/', _, ':' or '|', ..])
        {
            path = $"{path[1]}:{path[3..]}";
        }
        return (host.IsEmpty || host.Equals("localhost", StringComparison.Ordinal)) && Path.IsPathRooted(path) ? path : null;
    }

    /// <summary>The last part of the path; empty if it is missing.</summary>
    internal static string FileName(ReadOnlySpan<char> url)
    {
        ReadOnlySpan<char> path = url[(url.IndexOf(':') + 1)..];
        path = path.StartsWith("//", StringComparison.Ordinal) ? path[(2 + Host(url).Length)..] : path;
        int end = path.IndexOfAny('?', '#');
        string unquoted = Uri.UnescapeDataString((end < 0 ? path : path[..end]).ToString()).TrimEnd('/');
        return unquoted[(unquoted.LastIndexOf('/') + 1)..];
    }

    /// <summary>Where the value of <c>egg=</c> begins and ends; null if it is missing.</summary>
    internal static (int Start, int End)? Egg(ReadOnlySpan<char> url)
    {
        const string Key = "egg=";
        for (int at = 1; at + Key.Length <= url.Length; at++)
        {
            if (url[at - 1] is '#' or '&' && url[at..].StartsWith(Key, StringComparison.Ordinal))
            {
                int start = at + Key.Length;
                int length = url[start..].IndexOf('&');
                return (start, length < 0 ? url.Length : start + length);
            }
        }
        return null;
    }

    private static ReadOnlySpan<char> Host(ReadOnlySpan<char> url)
    {
        ReadOnlySpan<char> rest = url[(url.IndexOf(':') + 1)..];
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return default;
        }
        rest = rest[2..];
        int end = rest.IndexOfAny("/?#");
        return end < 0 ? rest : rest[..end];
    }
}
