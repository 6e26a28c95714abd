namespace Pep668.Pip.Linting;

/// <content>Variables and settings.</content>
internal sealed partial class CommandCheck
{
    /// <summary>The name of an assignment and where its value begins; null for another word.</summary>
    private static (string Name, int Value)? SplitAssignment(LintWord word)
    {
        string text = word.Text;
        int sign = text.IndexOf('=', StringComparison.Ordinal);
        if (sign <= 0)
        {
            return null;
        }
        string name = text[..sign].TrimEnd('+', ':', '?');
        return name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_')
            ? (name, sign + 1) : null;
    }

    private void CheckAssignment(LintCommand command, LintWord word, string name, LintText value)
    {
        if (LintNames.IsVariable(name))
        {
            if (LintNames.IsTrue(value.Text))
            {
                Add(LintRule.Variable, command, word, LintRemedies.Setting(_file.Kind));
            }
        }
        else if (_file.Kind == LintKind.Yaml && LintNames.IsSetting(name, allowsUnderscores: true))
        {
            // Ansible's parameters on one line.
            if (LintNames.IsTrue(value.Text))
            {
                Add(LintRule.Setting, command, word, LintRemedies.Task);
            }
        }
        else
        {
            CheckValue(name, value);
        }
    }

    /// <summary>Checks a value that a script may use as options or as a command.</summary>
    private void CheckValue(string name, LintText text)
    {
        if (LintProse.IsName(name))
        {
            return;
        }
        LintText value = ShellExpansion.Apply(text);
        if (LintNames.HasMarker(value.Text))
        {
            _file.MarkerVariables.Add(name);
        }
        if (LintNames.FindOption(value.Text) >= 0)
        {
            Run(_file, ShellReader.Read(value), LintTrust.Maybe);
        }
    }

    // : ${NAME:=value}
    private void CheckDefaults(LintCommand command)
    {
        if (command.Words is not [{ Program: ":" }, ..])
        {
            return;
        }
        foreach (LintWord word in command.Words)
        {
            LintText value = ShellExpansion.Apply(word.Value, assignsOnly: true);
            if (!ReferenceEquals(value, word.Value))
            {
                CheckValue("", value);
            }
        }
    }

    private void CheckVariables(LintCommand command, int first)
    {
        IReadOnlyList<LintWord> words = command.Words;
        if (_trust == LintTrust.Maybe && !CommandNames.Wrappers.Contains(words[first].Program) && !IsSetter(words[first].Program)
            && LintNames.FindVariable(words[first].Text, out _) < 0)
        {
            CheckAliases(words, first);
            return;
        }
        for (int at = first; at < words.Count; at++)
        {
            int found = LintNames.FindVariable(words[at].Text, out string name);
            if (found >= 0 && Sets(words, at, found, name))
            {
                Add(LintRule.Variable, command, words[at], found, LintRemedies.Setting(_file.Kind));
                return;
            }
        }
        CheckAliases(words, first);
    }

    private static bool IsSetter(string program) => program is "export" or "declare" or "typeset" or "local" or "readonly" or "set"
        or "setx" or "setenv" or "set-item" or "si" or "new-item" or "alias" or "conda" or "pam-env" or "launchctl" or "setglobal";

    // alias, export and others: name=value in one word.
    private void CheckAliases(IReadOnlyList<LintWord> words, int first)
    {
        foreach (LintWord word in words.Skip(first + 1))
        {
            if (IsSetter(words[first].Program) && SplitAssignment(word) is (string name, int sign) && !LintNames.IsVariable(name))
            {
                CheckValue(name, word.Value.Slice(sign, word.Value.Length));
            }
        }
    }

    // NAME=1, --env=NAME=1, -eNAME=1; NAME 1, $env:NAME = 1, Env:NAME -Value 1; ${NAME:=1}.
    private static bool Sets(IReadOnlyList<LintWord> words, int at, int found, string name)
    {
        string text = words[at].Text, before = text[..found], after = text[(found + name.Length)..];
        if (before.EndsWith("${", StringComparison.Ordinal))
        {
            string value = after.TrimStart(':');
            return value.StartsWith('=') && LintNames.IsTrue(value[1..].TrimEnd('}'));
        }
        bool isName = before.Length == 0 || before[^1] is '=' or '"' or '\'' or '-' or ',' or ' '
            || before is "-e" or "-D" || before.ToLowerInvariant().TrimEnd('/', '\\') is "$env:" or "env:" or "${env:" or "/env:";
        if (!isName)
        {
            return false;
        }
        after = after.TrimStart('}');
        if (after.StartsWith('='))
        {
            return after.Length > 1 ? LintNames.IsTrue(FirstPart(after[1..]))
                : NextValue(words, at) is string next && LintNames.IsTrue(next);
        }
        return after.Length == 0 && NextValue(words, at) is string value2 && LintNames.IsTrue(value2);
    }

    private static string FirstPart(string text) =>
        text.AsSpan().IndexOfAny(" ,\"'") is >= 0 and int end && !text.StartsWith('"') && !text.StartsWith('\'') ? text[..end] : text;

    private static string? NextValue(IReadOnlyList<LintWord> words, int at)
    {
        for (int next = at + 1; next < words.Count; next++)
        {
            if (words[next].Text.ToLowerInvariant() is not ("=" or ":=" or "?=" or "-value" or ":" or "," or "::="))
            {
                return words[next].Text.Trim(',');
            }
        }
        return null;
    }

    private void CheckSettings(LintCommand command, int first)
    {
        IReadOnlyList<LintWord> words = command.Words;
        bool isYaml = _file.Kind == LintKind.Yaml;
        for (int at = first; at < words.Count; at++)
        {
            string text = words[at].Text;
            int sign = text.IndexOf('=', StringComparison.Ordinal);
            string key = sign < 0 ? text : text[..sign];
            if (!LintNames.IsSetting(key, allowsUnderscores: true))
            {
                continue;
            }
            bool isCommand = at > first && IsConfigCommand(words, first, at);
            if (!LintNames.IsSetting(key, isYaml || isCommand) || key.StartsWith('-') || (at > first && !isCommand))
            {
                continue;
            }
            string? value = sign >= 0 && sign + 1 < text.Length ? text[(sign + 1)..] : NextValue(words, at);
            if (value is not null && LintNames.IsTrue(value))
            {
                Add(LintRule.Setting, command, words[at], LintRemedies.Setting(_file.Kind));
                return;
            }
        }
    }

    // pip config set KEY VALUE, or an editor of such files: crudini --set FILE SECTION KEY VALUE.
    private static bool IsConfigCommand(IReadOnlyList<LintWord> words, int first, int at) =>
        (words.Skip(first).Take(at - first).Any(word => word.Text is "config")
            && words.Skip(first).Take(at - first).Any(word => word.Text is "set"))
        || EffectiveProgram(words, first) is int program && words[program].Program is "crudini" or "git-config" or "augtool";
}
