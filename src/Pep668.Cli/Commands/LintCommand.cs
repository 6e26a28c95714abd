using System.CommandLine;
using Pep668.Cli.Sarif;
using Pep668.Machines;
using Pep668.Pip.Linting;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 lint</c>: the companion's <c>Find-PipOverride</c>.</summary>
internal static class LintCommand
{
    private const int MostRecommendations = 3;

    internal static Command Create(Machine machine, Output output)
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Specifies files and folders; folders are searched with their folders. Default: this folder.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<bool> json = CompanionOptions.Switch("--json", "Prints a JSON array instead of lines."),
            sarif = CompanionOptions.Switch("--sarif", "Prints SARIF 2.1.0, for code scanning."),
            verbose = CompanionOptions.Verbose("Prints to stderr how many files were read.");
        Option<string?> baseline = FileOption("--baseline", "Specifies a file with findings that are accepted."),
            write = FileOption("--write-baseline", "Writes a file that accepts what is found now.");
        var command = new CompanionCommand("lint",
            "Finds what overrides PEP 668 in scripts, Dockerfiles, playbooks and workflows; exits with 1 if it finds something.",
            new("lint", "Searches this folder."),
            new("lint Dockerfile .github --sarif > pep668.sarif", "Writes findings for code scanning."),
            new("lint --write-baseline pep668-baseline.json", "Accepts what is found now."),
            new("lint --baseline pep668-baseline.json", "Finds only what was added since then."))
        {
            paths, baseline, write, json, sarif, verbose,
        };
        command.Validators.Add(given =>
        {
            foreach ((Option one, Option other) in ((Option, Option)[])[(json, sarif), (baseline, write)])
            {
                if (given.GetResult(one) is { Implicit: false } && given.GetResult(other) is { Implicit: false })
                {
                    given.AddError(CompanionMessages.NotTogether(one.Name, other.Name));
                }
            }
        });
        command.SetAction(result =>
        {
            var run = new LintRun(machine, output, result.GetValue(verbose));
            return run.Find(result.GetValue(paths) ?? [], result.GetValue(baseline), result.GetValue(write),
                result.GetValue(json) ? LintFormat.Json : result.GetValue(sarif) ? LintFormat.Sarif : LintFormat.Text);
        });
        return command;
    }

    private static Option<string?> FileOption(string name, string description) =>
        new(name) { Description = description, HelpName = "file" };

    private enum LintFormat
    {
        Text,
        Json,
        Sarif,
    }

    private sealed class LintRun(Machine machine, Output output, bool isVerbose)
    {
        internal int Find(string[] given, string? baseline, string? write, LintFormat format)
        {
            int code = ExitCodes.Done;
            var paths = new List<string>();
            foreach (string path in given.Length == 0 ? [machine.FromHere(".")] : given.Select(machine.Absolute))
            {
                if (machine.Files.Stat(path).Kind == FileKind.Missing)
                {
                    code = output.Fail(LintMessages.NoPath(path));
                }
                else
                {
                    paths.Add(path);
                }
            }
            LintBaseline? accepted = null;
            if (baseline is not null
                && !LintBaseline.Read(machine.Files, machine.Absolute(baseline)).TryGet(out accepted, out Failure? failure))
            {
                return output.Fail(failure);
            }
            LintResult found = OverrideLint.Find(machine.Files, paths, recurses: true, CancellationToken.None);
            if (found.Unreadable.Count > 0)
            {
                output.Notices([LintMessages.Unreadable(found.Unreadable)]);
                // A file that was named and was not checked is no success.
                code = code == ExitCodes.Done && paths.Exists(found.Unreadable.Contains) ? ExitCodes.ToolFailed : code;
            }
            if (isVerbose)
            {
                output.Note(CompanionMessages.FilesRead(found.Files));
            }
            if (write is not null)
            {
                return code != ExitCodes.Done ? code
                    : Write(machine.Absolute(write), found.Uses) is Failure unwritten ? output.Fail(unwritten) : code;
            }
            IReadOnlyList<PipOverrideUse> uses = accepted?.Remaining(found.Uses) ?? found.Uses;
            Show(uses, found.Uses.Count - uses.Count, format, code);
            return code != ExitCodes.Done ? code : uses.Count > 0 ? ExitCodes.Findings : ExitCodes.Done;
        }

        private Failure? Write(string path, IReadOnlyList<PipOverrideUse> uses)
        {
            if (LintBaseline.Write(machine.Files, path, uses) is Failure failure)
            {
                return failure;
            }
            output.Note(CompanionMessages.BaselineWritten(path, uses.Count));
            return null;
        }

        private void Show(IReadOnlyList<PipOverrideUse> uses, int accepted, LintFormat format, int code)
        {
            if (format == LintFormat.Json)
            {
                output.Json(uses, Output.Contract.IReadOnlyListPipOverrideUse);
            }
            else if (format == LintFormat.Sarif)
            {
                output.Json(SarifWriter.Create(uses, machine.FromHere(".")), SarifWriter.Json.SarifLog);
            }
            else if (uses.Count > 0)
            {
                foreach (PipOverrideUse use in uses)
                {
                    output.ShortLine(FormattableString.Invariant($"{Shown(use.Path)}:{use.Line}:{use.Column}: {use.Rule} {use.Text}"));
                }
                output.Note(CompanionMessages.OverrideUses(
                    uses.Count, uses.Select(one => one.Path).Distinct(StringComparer.Ordinal).Count()));
                output.Recommend([.. LintRemedies.Merge(uses.SelectMany(one => one.Remedies.Take(1))).Take(MostRecommendations)]);
            }
            else if (code == ExitCodes.Done)
            {
                output.Note(CompanionMessages.NoOverrideUse(accepted));
            }
        }

        // As the user can open it: relative to this folder if it is below it.
        private string Shown(string path)
        {
            string relative = Path.GetRelativePath(machine.FromHere("."), path);
            return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
        }
    }
}
