// Compiled by the build itself (RoslynCodeTaskFactory), not into the module. docs/cmdlets and docs/about are the only
// source of Get-Help.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Writes the pages of cmdlets as MAML, and the about page as text.</summary>
public sealed class MarkdownToMaml : Task
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace Msh = "http://msh";

    /// <summary>Pages of cmdlets, named Verb-Noun.md, and about_*.md.</summary>
    [Required]
    public ITaskItem[] Pages { get; set; } = Array.Empty<ITaskItem>();

    /// <summary>The folder for the results.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        Directory.CreateDirectory(Folder);
        var items = new XElement(Msh + "helpItems", new XAttribute("schema", "maml"));
        foreach (string path in Pages.Select(page => page.ItemSpec))
        {
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
        string synopsis = Plain(string.Join(" ", sections[""].Skip(1)).Trim());
        string verb = name.Split('-')[0], noun = name.Split('-')[1];
        return new XElement(Command + "command",
            new XElement(Command + "details",
                new XElement(Command + "name", name), new XElement(Maml + "description", Paragraph(synopsis)),
                new XElement(Command + "verb", verb), new XElement(Command + "noun", noun)),
            new XElement(Maml + "description", Paragraphs(sections["Description"])),
            new XElement(Command + "syntax", sections["Syntax"].Where(line => line.StartsWith(name, StringComparison.Ordinal))
                .Select(line => new XElement(Command + "syntaxItem", new XElement(Maml + "name", line)))),
            new XElement(Command + "parameters",
                Sections(sections["Parameters"], "### -").Where(one => one.Key.Length > 0).Select(one => Parameter(one.Key, one.Value))),
            new XElement(Command + "returnValues", new XElement(Command + "returnValue",
                new XElement(Dev + "type", new XElement(Maml + "name", Plain(string.Join(" ", sections["Outputs"]).Trim()))))),
            new XElement(Command + "examples",
                Sections(sections["Examples"], "### ").Where(one => one.Key.Length > 0).Select(one => Example(one.Key, one.Value))),
            new XElement(Command + "relatedLinks", new XElement(Maml + "navigationLink",
                new XElement(Maml + "linkText", "PEP 668"), new XElement(Maml + "uri", "https://peps.python.org/pep-0668/"))));
    }

    private static XElement Parameter(string heading, List<string> lines)
    {
        string[] words = heading.Split(new[] { ' ' }, 2);
        string type = words.Length > 1 ? words[1].Trim('<', '>') : "SwitchParameter";
        string facts = lines.FirstOrDefault(line => line.Length > 0) ?? "";
        bool states = facts.StartsWith("Required.", StringComparison.Ordinal) || facts.StartsWith("Position ", StringComparison.Ordinal);
        bool required = states && facts.Contains("Required.");
        string position = states && facts.Contains("Position 0") ? "0" : "named";
        int pipeline = states ? facts.IndexOf("Pipeline: ", StringComparison.Ordinal) : -1;
        string input = pipeline < 0 ? "false" : "true (" + facts.Substring(pipeline + 10).Split('.')[0].Replace("`", "") + ")";
        return new XElement(Command + "parameter",
            new XAttribute("required", required ? "true" : "false"), new XAttribute("variableLength", "true"),
            new XAttribute("globbing", states && facts.Contains("Wildcards") ? "true" : "false"),
            new XAttribute("pipelineInput", input), new XAttribute("position", position),
            new XElement(Maml + "name", words[0]),
            new XElement(Maml + "description", Paragraphs(states ? lines.SkipWhile(line => line != facts).Skip(1) : lines)),
            new XElement(Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", "false"), type));
    }

    private static XElement Example(string title, List<string> lines)
    {
        List<string> code =
            lines.SkipWhile(line => !line.StartsWith("```", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line != "```").ToList();
        IEnumerable<string> rest = lines.SkipWhile(line => !line.StartsWith("```", StringComparison.Ordinal)).Skip(code.Count + 2);
        return new XElement(Command + "example",
            new XElement(Maml + "title", "--- " + title + " ---"), new XElement(Dev + "code", string.Join("\n", code)),
            new XElement(Dev + "remarks", Paragraphs(rest)));
    }

    private static Dictionary<string, List<string>> Sections(IEnumerable<string> lines, string mark)
    {
        var sections = new Dictionary<string, List<string>>();
        List<string> current = sections[""] = new List<string>();
        foreach (string line in lines)
        {
            if (line.StartsWith(mark, StringComparison.Ordinal))
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

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> lines) =>
        string.Join("\n", lines).Split(new[] { "\n\n" }, StringSplitOptions.RemoveEmptyEntries)
            .Select(text => Plain(text.Replace('\n', ' ').Trim())).Where(text => text.Length > 0).Select(Paragraph);

    private static XElement Paragraph(string text) => new XElement(Maml + "para", text);

    // Links become their text, code loses its marks.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        for (int at = 0; at < text.Length; at++)
        {
            int middle = text[at] == '[' ? text.IndexOf("](", at, StringComparison.Ordinal) : -1;
            int end = middle < 0 ? -1 : text.IndexOf(')', middle);
            if (end > 0 && text.IndexOf(']', at) == middle)
            {
                plain.Append(text, at + 1, middle - at - 1);
                at = end;
            }
            else if (text[at] != '`')
            {
                plain.Append(text[at]);
            }
        }
        return plain.ToString();
    }

    private static string AsText(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        bool code = false;
        foreach (string line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                code = !code;
            }
            else
            {
                text.AppendLine(
                    line.StartsWith("# ", StringComparison.Ordinal) ? "TOPIC\n    " + line.Substring(2)
                    : line.StartsWith("## ", StringComparison.Ordinal) ? line.Substring(3).ToUpperInvariant()
                    : line.Length == 0 ? ""
                    : (code ? "        " : "    ") + (code ? line : Plain(line)));
            }
        }
        return text.ToString();
    }
}
