using System.Buffers;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Pip.Linting;

/// <summary>How far a text is known to be commands.</summary>
internal enum LintTrust
{
    /// <summary>A script: also an unknown program may pass its arguments to pip.</summary>
    Script,

    /// <summary>A text that may be a command: only known programs at its beginning count.</summary>
    Maybe,
}

/// <summary>The rules for commands: what each word of a command means for pip, for uv and for a marker.</summary>
internal sealed partial class CommandCheck
{
    private static readonly SearchValues<char> Expressions = SearchValues.Create("$`*?{}%\n");

    private readonly LintFile _file;
    private readonly LintTrust _trust;

    private CommandCheck(LintFile file, LintTrust trust) => (_file, _trust) = (file, trust);

    /// <summary>Checks the commands of a script for a POSIX shell.</summary>
    internal static void Shell(LintFile file, LintText text, LintTrust trust) => Run(file, ShellReader.Read(text), trust);

    /// <summary>Checks commands.</summary>
    internal static void Run(LintFile file, IReadOnlyList<LintCommand> commands, LintTrust trust) => file.Nest(() =>
    {
        var check = new CommandCheck(file, trust);
        foreach (LintCommand command in commands)
        {
            check.Check(command);
        }
    });

    /// <summary>Checks a variable with its value.</summary>
    internal static void Assign(LintFile file, LintText source, LintText name, LintText value)
    {
        var command = new LintCommand(source, 0);
        var word = new LintWord(name, IsQuoted: false);
        command.Add(word, source.Length);
        new CommandCheck(file, LintTrust.Maybe).CheckAssignment(command, word, name.Text, value);
    }

    /// <summary>Checks words that are started without a shell.</summary>
    internal static void Exec(LintFile file, LintText source, IReadOnlyList<LintText> words, LintTrust trust = LintTrust.Maybe)
    {
        var command = new LintCommand(source, 0);
        foreach (LintText word in words)
        {
            command.Add(new(word, IsQuoted: true), source.Length);
        }
        Run(file, [command], trust);
    }

    private void Check(LintCommand given)
    {
        LintCommand command = Expanded(given);
        CheckDefaults(given);
        int first = 0;
        while (first < command.Words.Count && !command.IsArray && SplitAssignment(command.Words[first]) is (string name, int sign))
        {
            LintWord word = command.Words[first++];
            CheckAssignment(command, word, name, word.Value.Slice(sign, word.Value.Length));
        }
        if (first < command.Words.Count)
        {
            CheckWords(command, first);
        }
    }

    // With what may replace a substitution: more words, if there are no quotes.
    private static LintCommand Expanded(LintCommand command)
    {
        if (!command.Words.Exists(word => ShellExpansion.MayApply(word.Text)))
        {
            return command;
        }
        var words = new List<LintWord>();
        foreach (LintWord word in command.Words)
        {
            LintText value = ShellExpansion.Apply(word.Value);
            if (ReferenceEquals(value, word.Value) || word.IsQuoted || SplitAssignment(word) is not null)
            {
                words.Add(ReferenceEquals(value, word.Value) ? word : new(value, word.IsQuoted));
            }
            else
            {
                words.AddRange(value.Words().Select(part => new LintWord(part, IsQuoted: false)));
            }
        }
        return command.With(words);
    }

    private void CheckWords(LintCommand command, int first)
    {
        IReadOnlyList<LintWord> words = command.Words;
        int program = EffectiveProgram(words, first);
        LintWord name = words[Math.Min(program, words.Count - 1)];
        NoteLoops(command, first);
        if (CommandNames.IsTalker(name.Program))
        {
            CheckPrinted(command, program);
            CheckFunction(command, program);
            CheckEditor(command, program);
            if (name.Program is ":")
            {
                CheckVariables(command, first);
            }
            return;
        }
        if (IsComparison(words) || (_trust == LintTrust.Maybe && IsSentence(words, first)))
        {
            return;
        }
        CheckWriter(command, program);
        if (CheckNested(command, first))
        {
            return;
        }
        CheckOption(command, first);
        CheckVariables(command, first);
        CheckSettings(command, first);
        CheckMarkers(command, first);
    }

    /// <summary>The first word that is no wrapper and none of its options or assignments.</summary>
    private static int EffectiveProgram(IReadOnlyList<LintWord> words, int first)
    {
        int at = first;
        while (at < words.Count - 1 && (CommandNames.Wrappers.Contains(words[at].Program) || words[at].Text.StartsWith('-')
            || (at > first && (SplitAssignment(words[at]) is not null || words[at].Text.All(char.IsAsciiDigit)))))
        {
            at++;
        }
        return at;
    }

    // The words of a program count if nothing but wrappers comes before it, or if any program may pass them on.
    private bool IsStart(IReadOnlyList<LintWord> words, int first, int at) =>
        at == first || _trust == LintTrust.Script || CommandNames.Wrappers.Contains(words[first].Program);

    private bool IsSentence(IReadOnlyList<LintWord> words, int first) => LintProse.IsSentence(words, first)
        || (_file.Kind is not (LintKind.PowerShell or LintKind.Batch) && LintProse.IsSentenceStart(words[first]));

    private static bool IsComparison(IReadOnlyList<LintWord> words) => words.Any(word => !word.IsQuoted
        && word.Text.ToLowerInvariant() is "==" or "!=" or "=~" or "]]" or "-eq" or "-ne" or "-contains" or "-notcontains" or "-match"
            or "-notmatch" or "-like" or "-notlike" or "-in" or "-notin" or "-ceq" or "-ieq");

    private void CheckOption(LintCommand command, int first)
    {
        IReadOnlyList<LintWord> words = command.Words;
        for (int at = first; at < words.Count; at++)
        {
            bool isModule = words[at].Text is "-mpip" || (words[at].Text is "pip" && at > first && words[at - 1].Text is "-m");
            if ((isModule && (IsStart(words, first, at) || RunsModules(words[first])))
                || (CommandNames.IsPip(words[at]) && (IsStart(words, first, at) || words[first].Program is "uv" or "uvx")))
            {
                CheckPip(command, at, IsUv(words, at));
                return;
            }
        }
        if (CommandNames.IsCmdlet(words[EffectiveProgram(words, first)])
            && words.FirstOrDefault(CommandNames.IsOverride) is LintWord parameter)
        {
            Add(LintRule.Option, command, parameter, LintRemedies.Install(_file.Kind, null));
            return;
        }
        bool isOptions = words[first].Text.StartsWith('-') && words[first].Text.Length > 1;
        if ((_trust == LintTrust.Script || isOptions)
            && words.Skip(first).FirstOrDefault(word => word.Text is LintNames.Option) is LintWord option)
        {
            Add(LintRule.Option, command, option, LintRemedies.Install(_file.Kind, null));
        }
    }

    private static bool RunsModules(LintWord program) => CommandNames.IsPython(program.Program) || program.Text.StartsWith('-')
        || program.Program is "uv" or "uvx" || program.Text.AsSpan().IndexOfAny('$', '{', '%') >= 0;

    private static bool IsUv(IReadOnlyList<LintWord> words, int at) => at > 0 && words.Take(at).Any(word => word.Program is "uv" or "uvx");

    private void CheckPip(LintCommand command, int pip, bool isUv)
    {
        LintWord[] arguments = [.. command.Words.Skip(pip + 1).TakeWhile(word => word.Text is not "--")];
        LintWord? action = arguments.FirstOrDefault(word => !word.Text.StartsWith('-') && !word.Text.StartsWith('$'));
        bool changes = action?.Text is "install" or "uninstall";
        LintWord? option = arguments.LastOrDefault(word => word.Text is LintNames.Option);
        if (isUv && option is not null
            && Array.FindLastIndex(arguments, word => word.Text is "--no-break-system-packages") > Array.LastIndexOf(arguments, option))
        {
            return;
        }
        if (option is null && !isUv && changes)
        {
            option = Abbreviated(arguments, action!.Text);
        }
        if (option is null || (action is not null && !changes && IsOtherCommand(action.Text)))
        {
            return;
        }
        Add(LintRule.Option, command, option, LintRemedies.Install(_file.Kind, Packages(arguments, action, option, isUv)));
    }

    private static bool IsOtherCommand(string action) => action is "download" or "wheel" or "list" or "show" or "freeze" or "config"
        or "help" or "search" or "index" or "cache" or "debug" or "check" or "hash" or "inspect" or "completion" or "lock";

    // optparse: any beginning that only one option has. "--b" was one until pip 25.3 added --build-constraint.
    private static LintWord? Abbreviated(LintWord[] arguments, string action)
    {
        LintWord? found = arguments.FirstOrDefault(word => word.Text.Length > 2 && word.Text.StartsWith("--b", StringComparison.Ordinal)
            && LintNames.Option.StartsWith(word.Text, StringComparison.Ordinal));
        return found is not null && PipCommandLine.Parse(action is "install" ? PipAction.Install : PipAction.Uninstall,
                [.. arguments.Select(word => word.Text).Where(word => !word.Equals(action, StringComparison.Ordinal))],
                PipRelease.Parse("25.2"))
            .Has("break-system-packages") ? found : null;
    }

    // What to install, if every word is known before the script runs.
    private static string[]? Packages(LintWord[] arguments, LintWord? action, LintWord option, bool isUv)
    {
        if (action?.Text is not "install" || isUv)
        {
            return null;
        }
        string[] rest = [.. arguments.SkipWhile(word => word != action).Skip(1)
            .Where(word => word != option && word.Text is not ("--user" or LintNames.Option)).Select(word => word.Text)];
        return rest.Length > 0
            && rest.All(word => word.Length > 0 && word is not ("--help" or "-h")
                && word[0] is not ':' && word.AsSpan().IndexOfAny(Expressions) < 0) ? rest : null;
    }

    private void Add(LintRule rule, LintCommand command, LintWord word, IReadOnlyList<Remedy> remedies) =>
        _file.Add(rule, word.Value.PlaceOf(0), word.Value.PlaceOf(word.Value.Length), command.Text, remedies);

    private void Add(LintRule rule, LintCommand command, LintWord word, int at, IReadOnlyList<Remedy> remedies) =>
        _file.Add(rule, word.Value.PlaceOf(at), word.Value.PlaceOf(word.Value.Length), command.Text, remedies);
}
