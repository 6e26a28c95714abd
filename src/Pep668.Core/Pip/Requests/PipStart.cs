using Pep668.Pip.Settings;

namespace Pep668.Pip.Requests;

/// <summary>
/// How a Python starts its pip without importing anything from the working folder, where <c>-m</c> looks first. The
/// variables, the user site and the working folder of pip itself are those of <c>-m pip</c>.
/// </summary>
internal static class PipStart
{
    // What -m does (runpy), after the working folder is removed from the search path.
    private const string Program =
        "import sys;sys.path[0]or sys.path.pop(0);import runpy;runpy.run_module('pip',run_name='__main__',alter_sys=True)";

    // pip 10 to 18 starts itself with -m for the build dependencies of a project (build_env.py); later ones use the
    // path of their folder.
    private const string ProgramOfOldPip =
        $"""
        import sys;sys.path[0]or sys.path.pop(0)
        import subprocess
        first = subprocess.Popen.__init__
        def start(self, args, *rest, **named):
            if args[1:3] == ['-m', 'pip']: args = args[:1] + ['-c', "{Program}"] + args[3:]
            first(self, args, *rest, **named)
        subprocess.Popen.__init__ = start
        {Program}
        """;

    /// <summary>The arguments of an interpreter before those of pip.</summary>
    /// <param name="environment">Whose interpreter.</param>
    /// <param name="pip">Its pip.</param>
    internal static IReadOnlyList<string> Arguments(PythonEnvironment environment, PipRelease pip) =>
        environment.VersionInfo >= new Version(3, 11) ? ["-P", "-m", "pip"] : ["-c", pip.IsAtLeast(19) ? Program : ProgramOfOldPip];
}
