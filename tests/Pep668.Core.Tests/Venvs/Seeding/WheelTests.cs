using System.IO.Compression;
using Pep668.Venvs.Seeding;

namespace Pep668.Tests.Venvs.Seeding;

public sealed class WheelTests(VenvWorld world)
{
    /// <summary>A wheel can mark a file as executable (Debian's pip 26 has two): pip keeps that for regular
    /// files.</summary>
    [Theory]
    [InlineData(0x81ED, true)] // 0100755
    [InlineData(0x81A4, false)] // 0100644
    [InlineData(0x01ED, false)] // 0755 of nothing
    [InlineData(0x8140, true)] // 0100500
    public void Wheel_file_is_executable_where_pip_makes_it_executable(int mode, bool isProgram)
    {
        string wheel = Directory.GetFiles(TinyWheel.WriteTo(world.NewPath()))[0], target = world.NewPath();
        using (ZipArchive archive = ZipFile.Open(wheel, ZipArchiveMode.Update))
        {
            archive.GetEntry("tiny_tool.py")!.ExternalAttributes = mode << 16;
        }
        PythonEnvironment pip = world.Shared("newest");

        Tool.Run(pip.Executable, ["-m", "pip", "install", "--no-deps", "--no-compile", "--target", target, wheel],
            variables: VenvWorld.Quiet).Checked();

        Assert.Equal(isProgram, (File.GetUnixFileMode(Path.Combine(target, "tiny_tool.py")) & UnixFileMode.OtherExecute) != 0);
        Assert.Equal(isProgram ? ["tiny_tool.py"] : [], Wheel.Open(Path.GetFileName(wheel), File.ReadAllBytes(wheel)).Programs);
    }
}
