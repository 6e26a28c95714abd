using Pep668.Venvs.Creation;

namespace Pep668.Tests.Venvs.Activation;

/// <summary>
/// The script of each shell is sourced in that shell, in environments with any path. Python's own templates before
/// gh-124651 insert the path unquoted and fail in many of these paths; later ones still do in fish (a backslash) and
/// csh (an exclamation mark). Ours do not.
/// </summary>
public sealed class ActivationTests(VenvWorld world)
{
    public static TheoryData<string> Pythons => VenvWorld.Pythons;

    private const string Posix = """
        before=$PATH; PS1='$ '
        . ./bin/activate
        printf '%s\n' "$VIRTUAL_ENV" "$PATH" "${VIRTUAL_ENV_PROMPT:-}" "$PS1"
        deactivate
        [ "$PATH" = "$before" ] && [ "$PS1" = '$ ' ] && [ -z "${VIRTUAL_ENV+x}" ] && printf 'restored\n'
        """;

    private const string Fish = """
        set -l before (string join : $PATH)
        source ./bin/activate.fish
        printf '%s\n' "$VIRTUAL_ENV" (string join : $PATH) "$VIRTUAL_ENV_PROMPT" (fish_prompt | string replace -ra '\e\[[0-9;]*m|\e\(B' '')
        deactivate
        test (string join : $PATH) = $before; and not set -q VIRTUAL_ENV; and printf 'restored\n'
        """;

    private const string Csh = """
        set before = "$PATH"
        set prompt = '$ '
        source ./bin/activate.csh
        printf '%s\n' "$VIRTUAL_ENV:q" "$PATH:q"
        if ($?VIRTUAL_ENV_PROMPT) then
          printf '%s\n' "$VIRTUAL_ENV_PROMPT:q"
        else
          printf '\n'
        endif
        printf '%s\n' "$prompt:q"
        deactivate
        if ("$PATH:q" == "$before:q" && ! $?VIRTUAL_ENV) printf 'restored\n'
        """;

    private const string PowerShell = """
        $before = $env:PATH
        . ./bin/Activate.ps1
        $env:VIRTUAL_ENV; $env:PATH; "$env:VIRTUAL_ENV_PROMPT"; (prompt 6>&1) -join ''
        deactivate
        if ($env:PATH -ceq $before -and -not (Test-Path Env:VIRTUAL_ENV)) { 'restored' }
        """;

    private static readonly (string Name, string[] Arguments, string Script, string? Input)[] Shells =
    [
        ("bash", ["--norc", "-c", Posix], "activate", null), ("dash", ["-c", Posix], "activate", null),
        ("fish", ["--no-config", "-c", Fish], "activate.fish", null),
        ("csh", ["-f"], "activate.csh", Csh + "\n"),
    ];

    [Theory, MemberData(nameof(Pythons))]
    public void Activation_script_of_every_shell_activates_and_restores(string text)
    {
        PythonEnvironment python = world.Need(text, Needs.Venv);
        var shells = Shells.Where(shell => Tool.Exists(shell.Name)).ToArray();
        Assert.SkipUnless(shells.Length > 0, "needs a shell");
        var wrong = new List<string>();
        bool isNewest = python.Prefix == world.Need("newest", Needs.Venv).Prefix;
        // The templates of releases differ in little.
        foreach (string name in isNewest ? HostilePaths.Names : TestExtent.Ends(HostilePaths.Names))
        {
            PythonEnvironment made = world.Make(new(world.NewPath(name), python) { WithoutPip = true });
            foreach (var shell in shells)
            {
                Tool.Result result = Tool.Run(shell.Name, shell.Arguments, made.Prefix,
                    new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8" }, shell.Input);
                if (!IsActive(result.Output.Split('\n'), made, name,
                    setsPrompt: File.ReadAllText(Template(python, shell.Script)).Contains("VIRTUAL_ENV_PROMPT", StringComparison.Ordinal)))
                {
                    wrong.Add($"{shell.Name}, {name}: {result.ExitCode} {result.Output}{result.Error}");
                }
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // What each of the programs above prints. Some templates show a prompt with its brackets.
    private static bool IsActive(string[] lines, PythonEnvironment made, string name, bool setsPrompt) =>
        lines is [string folder, string path, string prompt, string shown, "restored", ..]
        && folder == made.Prefix
        && path.StartsWith(made.Prefix + "/bin:", StringComparison.Ordinal)
        && (!setsPrompt || prompt.Trim() == name || prompt.Trim() == $"({name})")
        && shown.Contains(name, StringComparison.Ordinal);

    /// <summary>
    /// Each script that there is in one session, since a session takes long to start. Python has none before 3.8 on
    /// POSIX. The script finds its place by itself, with paths that PowerShell takes for patterns; and PowerShell takes
    /// every backslash for a separator. So both scripts work where the path contains neither.
    /// </summary>
    [Fact]
    public void Activation_script_of_PowerShell_activates_and_restores()
    {
        PythonEnvironment[] pythons =
        [
            .. Pythons.Where(row => row.Skip is null).Select(row => world.Need(row.Data, Needs.Venv))
                .Where(python => File.Exists(Script(python))).DistinctBy(python => File.ReadAllText(Script(python))),
        ];
        Assert.SkipWhen(pythons.Length == 0, "needs CPython 3.8 or later with venv");
        PythonEnvironment[] made =
        [
            .. from python in pythons
               from name in HostilePaths.Names
               where name.AsSpan().IndexOfAny("[]*?\\") < 0
               select world.Make(new(world.NewPath(name), python) { WithoutPip = true }),
        ];
        string session = world.NewPath("session.ps1");
        File.WriteAllText(session, $$"""
            foreach ($folder in [IO.File]::ReadAllLines('{{session}}.txt')) {
                Set-Location -LiteralPath $folder
                & {
            {{PowerShell}}
                }
            }
            """);
        File.WriteAllLines(session + ".txt", made.Select(one => one.Prefix));
        Tool.Result result = Tool.RunPwsh("-File", session);

        string[][] told = [.. result.Output.Split('\n').Chunk(5).Take(made.Length)];
        Assert.Equal("", result.Error);
        Assert.Equal(made.Length, told.Length);
        Assert.All(made.Zip(told), pair => Assert.True(
            IsActive(pair.Second, pair.First, Path.GetFileName(pair.First.Prefix), setsPrompt: false), string.Join('\n', pair.Second)));
    }

    private static string Script(PythonEnvironment python) => Path.Combine(python.StdLib!, "venv", "scripts", "common", "Activate.ps1");

    private static string Template(PythonEnvironment python, string script) =>
        Directory.EnumerateFiles(Path.Combine(python.StdLib!, "venv", "scripts"), script, SearchOption.AllDirectories).Single();
}
