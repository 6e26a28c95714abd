using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Pep668.Tests;

/// <summary>
/// A folder of another user, in which that user replaces folders with links while a command of root works, and a folder
/// outside of it that must stay as it is. Needs root: the other user is one without an account.
/// </summary>
internal sealed class RaceWorld : IDisposable
{
    internal const string User = "54321";

    private static readonly string Supervisor = SourceTree.File("tests/Support/Races/supervisor.py");
    private static readonly string Swapper = SourceTree.File("tests/Support/Races/swapper.py");

    // A sandbox may refuse ptrace(2) or seccomp(2).
    private static readonly Lazy<string?> WhyNotWatched = new(() =>
    {
        Tool.Result run = Tool.Run("python3", ["-I", Supervisor, "/nowhere", "/nowhere", User, "0", "self", "/bin/true"]);
        return run.ExitCode == 0 ? null : run.Error;
    });

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pep668-race-");
    private readonly string _before;

    internal RaceWorld()
    {
        NeedRoot();
        Tool.Run("chmod", ["755", _folder.FullName]).Checked();
        Area = _folder.CreateSubdirectory("home").FullName;
        Outside = _folder.CreateSubdirectory("outside").FullName;
        Cache = Path.Combine(_folder.FullName, "cache");
        Directory.CreateDirectory(Path.Combine(Area, "project"));
        // Everything that a command could look for or change, so that each mistake is seen.
        foreach (string name in (string[])[".", "tree", "old", "new", "project", ".venv", ".venv/bin", "bin", "lib", "lib/python3.11",
            "seeds"])
        {
            string folder = Path.Combine(Outside, name);
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "keep"), "kept");
            File.WriteAllText(Path.Combine(folder, "pyvenv.cfg"), "home = /usr/bin\n");
            File.WriteAllText(Path.Combine(folder, "os.py"), "");
            File.WriteAllText(Path.Combine(folder, "x.seed"), "kept");
            File.WriteAllText(Path.Combine(folder, "EXTERNALLY-MANAGED"), "[externally-managed]\nError=OUTSIDE\n");
        }
        _before = Snapshot();
    }

    /// <summary>The folder of the user.</summary>
    internal string Area { get; }

    /// <summary>What must not change.</summary>
    internal string Outside { get; }

    /// <summary>The cache of the command.</summary>
    internal string Cache { get; set; }

    /// <summary>Skips a test where no second user can act.</summary>
    internal static void NeedRoot() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Tool.Exists("python3"), "needs root, to act as another user");

    /// <summary>Skips a test where system calls cannot be watched.</summary>
    internal static void NeedSupervisor()
    {
        NeedRoot();
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64,
            "watches the system calls of x86-64");
        Assert.SkipUnless(WhyNotWatched.Value is null, "system calls cannot be watched here: " + WhyNotWatched.Value);
    }

    /// <summary>Gives the folder, with everything in it, to the user.</summary>
    internal void GiveToUser() => Tool.Run("chown", ["-hR", $"{User}:{User}", Area]).Checked();

    /// <summary>Runs a program, and replaces a folder before one of its calls.</summary>
    /// <param name="step">Which call, from 1; 0 for none.</param>
    /// <param name="victim">Which folder: <c>parent</c>, <c>self</c> or <c>top</c>.</param>
    /// <param name="command">The program and its arguments.</param>
    internal RaceResult Run(int step, string victim, params IReadOnlyList<string> command)
    {
        Tool.Result run = Tool.Run(
            "python3",
            ["-I", Supervisor, Area, Outside, User, step.ToString(CultureInfo.InvariantCulture), victim, .. command],
            "/", Variables());
        string[] lines = run.Error.TrimEnd().Split('\n');
        JsonElement report = JsonSerializer.Deserialize<JsonElement>(lines[^1]);
        return new(report.GetProperty("steps").GetInt32(), report.GetProperty("replaced").GetBoolean(), run);
    }

    /// <summary>Runs a program that nothing happens to.</summary>
    internal void Prepare(params IReadOnlyList<string> command) => Tool.Run(command[0], command.Skip(1), "/", Variables()).Checked();

    /// <summary>Replaces a folder with the link and puts it back, without end, until the result is disposed.</summary>
    internal IDisposable Swap(string folder) => new Swapping(Swapper, folder, Outside);

    /// <summary>Fails if anything outside of the area is different.</summary>
    internal void AssertNothingOutsideChanged() =>
        Assert.Equal(_before.Split('\n').AsEnumerable(), Snapshot().Split('\n').AsEnumerable());

    public void Dispose() => Tool.Run("rm", ["-rf", _folder.FullName]);

    private Dictionary<string, string> Variables() => new(StringComparer.Ordinal)
    {
        ["HOME"] = "/root", ["PEP668_CACHE_DIR"] = Cache, ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_gcServer"] = "0", ["DOTNET_TC_CallCounting"] = "0",
    };

    private string Snapshot()
    {
        var text = new StringBuilder();
        foreach (string path in Directory.EnumerateFileSystemEntries(Outside, "*", SearchOption.AllDirectories)
            .Prepend(Outside).Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{path} {File.GetUnixFileMode(path)} {File.GetLastWriteTimeUtc(path):O} ")
                .AppendLine(File.Exists(path) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) : "");
        }
        return text.ToString();
    }

    private sealed class Swapping : IDisposable
    {
        private readonly System.Diagnostics.Process _process;

        internal Swapping(string program, string folder, string outside)
        {
            _process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
                "python3", ["-I", program, folder, outside, User]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            Assert.Equal("ready", _process.StandardOutput.ReadLine());
        }

        public void Dispose()
        {
            _process.StandardInput.Close();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}

/// <summary>A run beside which a folder was replaced.</summary>
/// <param name="Steps">The number of calls that name a file of the area.</param>
/// <param name="Replaced">Whether the folder was replaced.</param>
/// <param name="Run">What the program wrote; the report of the supervisor is the last line on stderr.</param>
internal sealed record RaceResult(int Steps, bool Replaced, Tool.Result Run);
