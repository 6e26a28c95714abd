using System.Globalization;
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

    // pip builds in processes, and gets sources with the programs of version control: an audit hook (PEP 578; before
    // 3.8, a method) starts none of them, whatever asked for it, such as a dependency on a URL. Others, which pip asks
    // about the system, fail as if they were missing. keyring is code of the user's own.
    private const string Guard =
        """
        import sys;sys.path[0]or sys.path.pop(0)
        import os,runpy,subprocess
        builds=[]
        def deny(program,line):
            if not program:
                line=line if isinstance(line,str) else os.fsdecode(line[0])
                program=line[1:].split('"')[0] if line[:1]=='"' else line.split(' ')[0]
            program=os.fsdecode(program)
            name=os.path.basename(program).lower().split('.exe')[0]
            if name=='keyring':return
            if name in('git','hg','svn','bzr') or os.path.realpath(program)==os.path.realpath(sys.executable):builds.append(name)
            raise PermissionError('not started: '+name)
        def hook(event,args):
            if event in('subprocess.Popen','os.posix_spawn'):deny(args[0],args[1])
            elif event in('os.exec','os.fork','os.forkpty','os.spawn','os.startfile','os.system'):deny(event,'')
        first=subprocess.Popen.__init__
        def start(self,args,*rest,**named):
            deny(args if isinstance(args,str) else args[0],args)
            first(self,args,*rest,**named)
        if hasattr(sys,'addaudithook'):sys.addaudithook(hook)
        else:subprocess.Popen.__init__=start
        try:
            {0}
            code=0
        except SystemExit as end:code=end.code
        sys.exit({1} if builds and code else code)
        """;

    /// <summary>The exit code of a pip that was started by <see cref="Guarded"/>, if it failed because it would have
    /// built something.</summary>
    internal const int NeedsBuild = 97;

    /// <summary>The arguments of an interpreter before those of a pip that cannot run code of packages.</summary>
    /// <param name="wheel">The folder of pip in its wheel; null for the environment's own pip.</param>
    internal static IReadOnlyList<string> Guarded(string? wheel)
    {
        string run = wheel is null ? "runpy.run_module('pip',run_name='__main__',alter_sys=True)"
            : "runpy.run_path(sys.argv.pop(1),run_name='__main__')";
        string program = Guard.Replace("{0}", run, StringComparison.Ordinal)
            .Replace("{1}", NeedsBuild.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return wheel is null ? ["-c", program] : ["-c", program, wheel];
    }

    /// <summary>The arguments of an interpreter before those of pip.</summary>
    /// <param name="environment">Whose interpreter.</param>
    /// <param name="pip">Its pip.</param>
    internal static IReadOnlyList<string> Arguments(PythonEnvironment environment, PipRelease pip) =>
        environment.VersionInfo >= new Version(3, 11) ? ["-P", "-m", "pip"] : ["-c", pip.IsAtLeast(19) ? Program : ProgramOfOldPip];
}
