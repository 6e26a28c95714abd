namespace Pep668.Pip.Linting;

/// <summary>
/// Checks YAML and JSON: commands are in values, and what a value is depends on its key. GitHub and GitLab workflows,
/// Ansible playbooks, cloud-init, Compose, Kubernetes, devcontainer.json and package.json have the same few forms.
/// </summary>
internal sealed class TreeCheck
{
    private const int MaximumDepth = 120;

    private static readonly HashSet<string> Prose = Set(
        "name description title summary msg fail_msg success_msg message help label displayname doc docs documentation notes note comment "
        + "text body changelog example examples question prompt usage when if failed_when changed_when regexp search reason warning error "
        + "placeholder hint tooltip until keywords tags topics categories labels annotations");

    private static readonly HashSet<string> MessageParts =
        Set("msg var verbosity that fail_msg success_msg quiet prompt echo minutes seconds");

    private static readonly HashSet<string> Commands = Set(
        "run script scripts before_script after_script command commands cmd cmds shell bash sh raw runcmd bootcmd execute exec entrypoint "
        + "inline install before_install after_install setup build test win_shell win_command user_data do powershell pwsh tasks argv "
        + "postcreatecommand oncreatecommand updatecontentcommand poststartcommand postattachcommand initializecommand lifecycle "
        + "buildcommand installcommand prebuild before init pre_build post_build late-commands early-commands lines");

    private readonly LintFile _file;

    private TreeCheck(LintFile file) => _file = file;

    /// <summary>Checks the documents.</summary>
    internal static void Run(LintFile file, IReadOnlyList<LintNode> documents)
    {
        var check = new TreeCheck(file);
        foreach (LintNode document in documents)
        {
            check.Check(document, "", null, 0);
        }
    }

    /// <summary>Checks a value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="key">The key that it belongs to, in lower case and without the name of a collection.</param>
    /// <param name="owner">The mapping with that key.</param>
    /// <param name="depth">How deep it is.</param>
    private void Check(LintNode node, string key, LintMap? owner, int depth)
    {
        if (depth > MaximumDepth)
        {
            return;
        }
        switch (node)
        {
            case LintScalar scalar:
                CheckScalar(scalar.Value, key, owner);
                break;
            case LintList list:
                CheckList(list, key, owner, depth);
                break;
            case LintMap map:
                CheckMap(map, key, depth);
                break;
        }
    }

    private void CheckList(LintList list, string key, LintMap? owner, int depth)
    {
        LintText[] words = [.. list.Items.OfType<LintScalar>().Select(item => item.Value)];
        if (words.Length > 1 && words.Length == list.Items.Count && !words[0].Text.Contains(' ', StringComparison.Ordinal))
        {
            // The program and its arguments; the text is the list in one line.
            CommandCheck.Exec(_file, Joined(words), words);
        }
        foreach (LintNode item in list.Items)
        {
            Check(item, key, owner, depth + 1);
        }
    }

    private static LintText Joined(LintText[] words)
    {
        var text = new LintTextBuilder();
        foreach (LintText word in words)
        {
            if (text.Length > 0)
            {
                text.Append(' ', word.PlaceOf(0));
            }
            text.Append(word, 0, word.Length);
        }
        return text.Build(words[^1].PlaceOf(words[^1].Length));
    }

    private void CheckMap(LintMap map, string parent, int depth)
    {
        if (map.Find("cell_type") is LintText type)
        {
            if (type.Text is "code" && map.Pairs.FirstOrDefault(pair => pair.Key.Text is "source")?.Value is LintNode source)
            {
                NotebookCheck.Run(_file, source);
            }
            return;
        }
        CheckForms(map);
        foreach (LintPair pair in map.Pairs)
        {
            string key = KeyOf(pair.Key.Text);
            LintNode? value = AnsibleArguments.Expand(key, pair.Value);
            if (value is null || IsMessage(key, value) || (value is LintMap && IsTexts(key, depth)))
            {
                continue;
            }
            if (value is LintScalar scalar)
            {
                CheckPair(pair.Key, scalar.Value);
            }
            if (LintNames.IsVariable(pair.Key.Text) && (value as LintMap)?.Find("value") is LintText nested)
            {
                CheckPair(pair.Key, nested); // GitLab's variables with a description
            }
            if (value is LintMap task && IsAbsent(task))
            {
                CheckAbsent(map, task);
            }
            bool isProse = Prose.Contains(key) || LintProse.IsName(pair.Key.Text);
            bool inherits = value is LintScalar && Commands.Contains(parent)
                && (parent is "scripts" || (!isProse && parent.EndsWith("command", StringComparison.Ordinal)));
            foreach (LintNode part in isProse && !inherits ? Maps(value) : [value])
            {
                Check(part, inherits ? parent : key, map, depth + 1);
            }
        }
    }

    // A mapping of texts: labels, and the messages that Travis sends.
    private static bool IsTexts(string key, int depth) => key is "labels" or "annotations" || (key is "notifications" && depth == 0);

    private static IEnumerable<LintNode> Maps(LintNode value) => value is LintList list ? list.Items.OfType<LintMap>()
        : value is LintMap ? [value] : [];

    // Ansible's modules that print, compare or wait.
    private static bool IsMessage(string key, LintNode value) => key is "debug" or "assert" or "fail" or "pause" && value switch
    {
        LintMap map => map.Pairs.All(pair => MessageParts.Contains(pair.Key.Text)),
        LintScalar { Value.Text: string text } => text.IndexOf('=', StringComparison.Ordinal) is > 0 and int sign
            && MessageParts.Contains(text[..sign].Trim()),
        _ => false,
    };

    private void CheckPair(LintText key, LintText value)
    {
        bool isTrue = LintNames.IsTrue(value.Text);
        if (isTrue && LintNames.IsVariable(key.Text))
        {
            Add(LintRule.Variable, key, value, LintRemedies.Setting(_file.Kind));
        }
        else if (isTrue && LintNames.IsSetting(key.Text, allowsUnderscores: true))
        {
            Add(LintRule.Setting, key, value, _file.Kind == LintKind.Yaml ? LintRemedies.Task : LintRemedies.Setting(_file.Kind));
        }
    }

    // Forms of several keys: name and value of a variable, option and value of a setting.
    private void CheckForms(LintMap map)
    {
        if (map.Find("name", "key") is LintText name && LintNames.IsVariable(name.Text)
            && map.Find("value") is LintText value && LintNames.IsTrue(value.Text) && !IsRemoval(map))
        {
            Add(LintRule.Variable, name, value, LintRemedies.Setting(_file.Kind));
        }
        if (map.Find("option", "key") is LintText option && LintNames.IsSetting(option.Text, allowsUnderscores: true)
            && map.Find("value") is LintText on && LintNames.IsTrue(on.Text) && !IsRemoval(map))
        {
            Add(LintRule.Setting, option, on, LintRemedies.Setting(_file.Kind));
        }
    }

    private static bool IsRemoval(LintMap? task) => task?.Find("state")?.Text is "absent";

    private static bool IsAbsent(LintMap task) =>
        IsRemoval(task) && task.Find("path", "dest", "name") is not null
        && task.Find("line", "option", "regexp") is null;

    // Ansible's file with state: absent, also in a loop.
    private void CheckAbsent(LintMap owner, LintMap task)
    {
        LintText path = task.Find("path", "dest", "name")!;
        if (LintNames.HasMarker(path.Text))
        {
            Add(LintRule.Removed, path, path, LintRemedies.Marker(_file.Kind));
        }
        else if (path.Text.Contains("item", StringComparison.Ordinal))
        {
            foreach (LintPair pair in owner.Pairs.Where(pair => pair.Key.Text.StartsWith("with_", StringComparison.Ordinal)
                || pair.Key.Text is "loop"))
            {
                IEnumerable<LintNode> items = pair.Value is LintList list ? list.Items : [pair.Value ?? new LintList([])];
                foreach (LintScalar item in items.OfType<LintScalar>().Where(item => LintNames.HasMarker(item.Value.Text)))
                {
                    Add(LintRule.Removed, item.Value, item.Value, LintRemedies.Marker(_file.Kind));
                }
            }
        }
    }

    private void CheckScalar(LintText value, string key, LintMap? owner)
    {
        if (value.Length == 0 || IsText(key, owner) || RemovesText(key, owner))
        {
            return;
        }
        if (owner is not null && key is "content" or "contents" or "data" or "block" or "copy" or "src"
            && owner.Find("path", "dest", "destination", "filename") is LintText target)
        {
            LintChecks.RunPart(_file, target.Text[(target.Text.LastIndexOf('/') + 1)..], value);
            return;
        }
        if (value.Text.Contains('\n', StringComparison.Ordinal) && LintKinds.OfName(key) is not LintKind.None)
        {
            LintChecks.RunPart(_file, key, value);
            return;
        }
        if (key is "source")
        {
            return;
        }
        LintTrust trust = Commands.Contains(key) ? LintTrust.Script : LintTrust.Maybe;
        string shell = key is "run" or "script" ? owner?.Find("shell")?.Text ?? "" : key;
        if (shell.StartsWith("python", StringComparison.Ordinal))
        {
            PythonCheck.Run(_file, value);
        }
        else if (shell.StartsWith("pwsh", StringComparison.Ordinal) || shell.Contains("powershell", StringComparison.Ordinal)
            || shell is "win_shell" || PowerShellReader.IsLikely(value.Text))
        {
            CommandCheck.Run(_file, PowerShellReader.Read(value), trust);
        }
        else if (shell is "cmd" && key is "run")
        {
            CommandCheck.Run(_file, BatchReader.Read(value), trust);
        }
        else
        {
            CommandCheck.Shell(_file, value, trust);
        }
    }

    // The value of a variable whose name is one of a text.
    private static bool IsText(string key, LintMap? owner) =>
        key is "value" && owner?.Find("name", "key") is LintText name && LintProse.IsName(name.Text);

    // Ansible's lineinfile and others with state: absent.
    private static bool RemovesText(string key, LintMap? owner) =>
        key is "line" or "block" or "content" or "insertafter" or "insertbefore" or "value" && IsRemoval(owner);

    private void Add(LintRule rule, LintText from, LintText value, IReadOnlyList<Remedy> remedies)
    {
        int start = from.PlaceOf(0);
        string text = ReferenceEquals(from, value) ? value.Text : $"{from.Text}: {value.Text}";
        _file.Add(rule, start, from.PlaceOf(from.Length), LintCommand.OneLine(text), remedies);
    }

    private static string KeyOf(string key) => LintKinds.OfName(key) is not LintKind.None ? key
        : key[(key.LastIndexOf('.') + 1)..].ToLowerInvariant();

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);
}
