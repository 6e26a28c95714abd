using System.ComponentModel;
using System.Diagnostics;

namespace Pep668.Machines;

/// <summary>A process that cannot be mistaken for a later one with the same id.</summary>
/// <param name="Id">Its id; 0 for none.</param>
/// <param name="Started">When it started, in ticks of UTC; 0 if it ended before that could be read.</param>
internal readonly record struct RunningProcess(int Id, long Started)
{
    /// <summary>Reads the identity of a process that was just started.</summary>
    internal static RunningProcess Read(Process process)
    {
        try
        {
            return new(process.Id, process.StartTime.ToUniversalTime().Ticks);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            return new(process.Id, 0); // it has ended already
        }
    }

    /// <summary>Whether it still runs.</summary>
    internal bool Exists()
    {
        if (Id == 0)
        {
            return false;
        }
        try
        {
            using var found = Process.GetProcessById(Id);
            // Another process may have the id by now.
            return !found.HasExited && Math.Abs(found.StartTime.ToUniversalTime().Ticks - Started) < 2 * TimeSpan.TicksPerSecond;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return false;
        }
    }
}
