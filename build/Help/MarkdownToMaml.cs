// Compiled by the build itself (RoslynCodeTaskFactory), not into the module. docs/cmdlets and docs/about are the only
// source of Get-Help. CONTRIBUTING.md describes the form of a page.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Writes the pages of cmdlets as MAML, and the about pages as text.</summary>
public sealed class MarkdownToMaml : Task
{
    private const string Facts = "| Required | Position | Default value | Pipeline input | Wildcards | Aliases |";

    // The text of a parameter starts in column 8, and a console of 80 columns shows 79.
    private const int Width = 71;

    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace Msh = "http://msh";

    // [[-Name] <type>], [-Name <type>], [-Name], [-Name] <type> and -Name <type>.
    private static readonly Regex SyntaxParameter =
        new Regex(@"(?<optional>\[(?!-\w+\] <))?(?<positional>\[)?-(?<name>\w+)(?(positional)\])( <(?<type>[^>]+)>)?(?(optional)\])");

    private static readonly Regex Link = new Regex(@"\[(?<text>[^\]]+)\]\((?<uri>[^)]*)\)");

    private string _page = "";

    /// <summary>Pages of cmdlets, named Verb-Noun.md, and about_*.md.</summary>
    [Required]
    public ITaskItem[] Pages { get; set; } = Array.Empty<ITaskItem>();

    /// <summary>The folder for the results.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The address of the project, where the pages are online; empty if it has none.</summary>
    public string ProjectUrl { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        Directory.CreateDirectory(Folder);
        // PowerShell compares names with their prefixes: the text of maml:introduction keeps its line breaks.
        var items = new XElement(Msh + "helpItems", new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "command", Command), new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "dev", Dev));
        foreach (string path in Pages.Select(page => page.ItemSpec))
        {
            _page = path;
            string name = Path.GetFileNameWithoutExtension(path);
            string[] lines = File.ReadAllLines(path);
            if (name.StartsWith("about_", StringComparison.Ordinal))
            {
                File.WriteAllText(Path.Combine(Folder, name + ".help.txt"), AsText(lines));
            }
            else
            {
                items.Add(Page(name, lines));
            }
        }
        new XDocument(items).Save(Path.Combine(Folder, "Pep668.dll-Help.xml"));
        return !Log.HasLoggedErrors;
    }

    private XElement Page(string name, string[] lines)
    {
        Dictionary<string, List<string>> sections = Sections(lines, "## ");
        string verb = name.Split('-')[0], noun = name.Split('-')[1];
        return new XElement(Command + "command",
            new XElement(Command + "details",
                new XElement(Command + "name", name), new XElement(Maml + "description", Paragraphs(sections[""].Skip(1))),
                new XElement(Command + "verb", verb), new XElement(Command + "noun", noun)),
            new XElement(Maml + "description", Paragraphs(Section(sections, "Description"))),
            new XElement(Command + "syntax", Section(sections, "Syntax").Where(line => line.StartsWith(name, StringComparison.Ordinal))
                .Select(line => SyntaxItem(name, line))),
            new XElement(Command + "parameters", Parts(sections, "Parameters", "### -").Select(one => Parameter(one.Key, one.Value))),
            new XElement(Command + "inputTypes",
                Parts(sections, "Inputs", "### ").Select(one => Typed("inputType", one.Key, one.Value))),
            new XElement(Command + "returnValues",
                Parts(sections, "Outputs", "### ").Select(one => Typed("returnValue", one.Key, one.Value))),
            sections.ContainsKey("Notes")
                ? new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(sections["Notes"]))) : null,
            new XElement(Command + "examples", Parts(sections, "Examples", "### ").Select(one => Example(one.Key, one.Value))),
            new XElement(Command + "relatedLinks", RelatedLinks(name, Section(sections, "Related links"))));
    }

    private static XElement SyntaxItem(string name, string line) => new XElement(Command + "syntaxItem",
        new XElement(Maml + "name", name),
        SyntaxParameter.Matches(line.Substring(name.Length)).Cast<Match>().Select((match, index) => new XElement(Command + "parameter",
            new XAttribute("required", match.Groups["optional"].Success ? "false" : "true"),
            new XAttribute("position", match.Groups["positional"].Success ? index.ToString() : "named"),
            new XElement(Maml + "name", match.Groups["name"].Value),
            match.Groups["type"].Success ? ParameterValue(match.Groups["type"].Value, isRequired: true) : null)));

    private XElement Parameter(string heading, List<string> lines)
    {
        string[] words = heading.Split(new[] { ' ' }, 2);
        string[] table = lines.SkipWhile(line => line.Length == 0).TakeWhile(line => line.Length > 0).ToArray();
        if (table.Length != 3 || table[0] != Facts)
        {
            Log.LogError("", "", "", _page, 0, 0, 0, 0, $"The first lines of -{words[0]} must be a table with one row: {Facts}");
            return new XElement(Command + "parameter");
        }
        string[] facts = Cells(table[2]);
        return new XElement(Command + "parameter",
            new XAttribute("required", facts[0]), new XAttribute("position", facts[1]), new XAttribute("pipelineInput", facts[3]),
            new XAttribute("globbing", facts[4]), new XAttribute("aliases", facts[5]),
            new XElement(Maml + "name", words[0]),
            new XElement(Maml + "description", Paragraphs(lines.SkipWhile(line => line.Length == 0).Skip(table.Length))),
            words.Length > 1 ? ParameterValue(words[1].Trim('<', '>'), isRequired: true)
                : ParameterValue("SwitchParameter", isRequired: false),
            new XElement(Dev + "defaultValue", facts[2]));
    }

    private static XElement ParameterValue(string type, bool isRequired) =>
        new XElement(Command + "parameterValue", new XAttribute("required", isRequired ? "true" : "false"), type);

    private static XElement Typed(string element, string type, List<string> lines) => new XElement(Command + element,
        new XElement(Dev + "type", new XElement(Maml + "name", Plain(type))), new XElement(Maml + "description", Paragraphs(lines)));

    // The first blocks of code, which are the command and its output, are the code of the example.
    private static XElement Example(string title, List<string> lines)
    {
        List<string[]> blocks = Blocks(lines).ToList();
        string introduction = string.Join("\n\n", blocks.TakeWhile(block => !IsCode(block)).Select(Text));
        List<string[]> rest = blocks.SkipWhile(block => !IsCode(block)).ToList();
        string code = string.Join("\n\n", rest.TakeWhile(IsCode).Select(Text));
        return new XElement(Command + "example",
            new XElement(Maml + "title", "--- " + title + " ---"),
            new XElement(Maml + "introduction", introduction.Length > 0 ? Paragraph(introduction + "\n\n") : null),
            new XElement(Dev + "code", code),
            // The empty paragraph is a blank line before the next example.
            new XElement(Dev + "remarks", Paragraphs(rest.SkipWhile(IsCode)), Paragraph("")));
    }

    // Get-Help -Online and (Get-Command X).HelpUri use the first one.
    private IEnumerable<XElement> RelatedLinks(string name, IEnumerable<string> lines)
    {
        if (ProjectUrl.Length > 0)
        {
            yield return NavigationLink("Online version", ProjectUrl.TrimEnd('/') + "/blob/HEAD/docs/cmdlets/" + name + ".md");
        }
        foreach (Match link in lines.SelectMany(line => Link.Matches(line).Cast<Match>()))
        {
            string uri = link.Groups["uri"].Value;
            yield return NavigationLink(Plain(link.Groups["text"].Value), uri.Contains("://") ? uri : "");
        }
    }

    private static XElement NavigationLink(string text, string uri) =>
        new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", text), new XElement(Maml + "uri", uri));

    private static Dictionary<string, List<string>> Sections(IEnumerable<string> lines, string mark)
    {
        var sections = new Dictionary<string, List<string>>();
        List<string> current = sections[""] = new List<string>();
        bool isCode = false;
        foreach (string line in lines)
        {
            isCode ^= IsFence(line);
            if (!isCode && line.StartsWith(mark, StringComparison.Ordinal))
            {
                current = sections[line.Substring(mark.Length).Trim()] = new List<string>();
            }
            else
            {
                current.Add(line);
            }
        }
        return sections;
    }

    private List<string> Section(Dictionary<string, List<string>> sections, string name)
    {
        if (sections.TryGetValue(name, out List<string> lines))
        {
            return lines;
        }
        Log.LogError("", "", "", _page, 0, 0, 0, 0, $"The section '## {name}' is missing.");
        return new List<string>();
    }

    private IEnumerable<KeyValuePair<string, List<string>>> Parts(Dictionary<string, List<string>> sections, string name, string mark) =>
        Sections(Section(sections, name), mark).Where(one => one.Key.Length > 0);

    // Blocks are separated by blank lines, except that a block of code can contain them.
    private static IEnumerable<string[]> Blocks(IEnumerable<string> lines)
    {
        var block = new List<string>();
        bool isCode = false;
        foreach (string line in lines)
        {
            bool isFence = IsFence(line);
            if (block.Count > 0 && !isCode && (isFence || line.Length == 0 || (IsItem(line) && !IsItem(block[0]))))
            {
                yield return block.ToArray();
                block.Clear();
            }
            if (isCode || line.Length > 0)
            {
                block.Add(line);
            }
            if (isFence && isCode)
            {
                yield return block.ToArray();
                block.Clear();
            }
            isCode ^= isFence;
        }
        if (block.Count > 0)
        {
            yield return block.ToArray();
        }
    }

    private static bool IsFence(string line) => line.StartsWith("```", StringComparison.Ordinal);

    private static bool IsCode(string[] block) => IsFence(block[0]);

    private static bool IsItem(string line) => line.StartsWith("- ", StringComparison.Ordinal);

    private static string Text(string[] block) =>
        IsCode(block) ? string.Join("\n", block.Skip(1).Take(block.Length - 2))
        : IsItem(block[0]) ? string.Join("\n", Items(block))
        : block[0].StartsWith("|", StringComparison.Ordinal) ? Table(block)
        : Plain(string.Join(" ", block));

    private static IEnumerable<string> Items(string[] block)
    {
        var items = new List<string>();
        foreach (string line in block)
        {
            if (IsItem(line))
            {
                items.Add(Plain(line));
            }
            else
            {
                items[items.Count - 1] += " " + Plain(line.Trim());
            }
        }
        return items;
    }

    // The columns are aligned; the text of the last one is wrapped.
    private static string Table(string[] block)
    {
        string[][] rows = block.Where((_, index) => index != 1).Select(line => Cells(line)).ToArray();
        int[] widths = Enumerable.Range(0, rows[0].Length - 1).Select(column => rows.Max(row => row[column].Length)).ToArray();
        int indent = widths.Sum(width => width + 2);
        IEnumerable<string> texts = rows.Select(row =>
            string.Concat(widths.Select((width, column) => row[column].PadRight(width + 2)))
            + string.Join("\n" + new string(' ', indent), Wrapped(row[row.Length - 1], Width - indent)));
        return string.Join("\n", texts);
    }

    private static string[] Cells(string line) => line.Trim('|', ' ').Split('|').Select(cell => Plain(cell.Trim())).ToArray();

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line += line.Length > 0 ? " " + word : word;
        }
        yield return line;
    }

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> lines) => Paragraphs(Blocks(lines));

    // PowerShell trims paragraphs: a block of code is in that of the text before it, so that it keeps its indentation.
    private static IEnumerable<XElement> Paragraphs(IEnumerable<string[]> blocks)
    {
        var texts = new List<string>();
        foreach (string[] block in blocks)
        {
            if (IsCode(block) && texts.Count > 0)
            {
                texts[texts.Count - 1] += "\n\n    " + Text(block).Replace("\n", "\n    ");
            }
            else
            {
                texts.Add(Text(block));
            }
        }
        return texts.Select(Paragraph);
    }

    private static XElement Paragraph(string text) => new XElement(Maml + "para", text);

    // Links become their text, code loses its marks.
    private static string Plain(string text) => Link.Replace(text, "${text}").Replace("`", "");

    private static string AsText(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        bool code = false;
        foreach (string line in lines)
        {
            if (IsFence(line))
            {
                code = !code;
            }
            else
            {
                text.AppendLine(
                    line.Length == 0 ? ""
                    : code ? "        " + line
                    : line.StartsWith("# ", StringComparison.Ordinal) ? "TOPIC\n    " + line.Substring(2)
                    : line.StartsWith("## ", StringComparison.Ordinal) ? line.Substring(3).ToUpperInvariant()
                    : "    " + Plain(line));
            }
        }
        return text.ToString();
    }
}
