namespace Pep668;

/// <summary>What created an environment, or maintains it.</summary>
public enum PythonManager
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>The operating system's distribution: apt, dnf, pacman, apk, …</summary>
    System,

    /// <summary>Homebrew, on macOS or Linux.</summary>
    Homebrew,

    /// <summary>MacPorts.</summary>
    MacPorts,

    /// <summary>Apple's Xcode or its Command Line Tools.</summary>
    Xcode,

    /// <summary>The installers of python.org.</summary>
    PythonOrg,

    /// <summary>The Python install manager for Windows (PEP 773).</summary>
    PyManager,

    /// <summary>The Microsoft Store.</summary>
    MicrosoftStore,

    /// <summary>WinPython.</summary>
    WinPython,

    /// <summary>pyenv, pyenv-win or pyenv-virtualenv.</summary>
    Pyenv,

    /// <summary>asdf.</summary>
    Asdf,

    /// <summary>mise.</summary>
    Mise,

    /// <summary>Rye.</summary>
    Rye,

    /// <summary>uv: an interpreter that uv manages, a tool's environment, or one from <c>uv venv</c>.</summary>
    Uv,

    /// <summary>conda, mamba or micromamba.</summary>
    Conda,

    /// <summary>pixi.</summary>
    Pixi,

    /// <summary>Nix.</summary>
    Nix,

    /// <summary>MSYS2.</summary>
    Msys2,

    /// <summary>Python's own <c>venv</c>, or something that writes the same.</summary>
    Venv,

    /// <summary><c>virtualenv</c>.</summary>
    Virtualenv,

    /// <summary>virtualenvwrapper.</summary>
    VirtualenvWrapper,

    /// <summary>pipx.</summary>
    Pipx,

    /// <summary>Poetry.</summary>
    Poetry,

    /// <summary>Pipenv.</summary>
    Pipenv,

    /// <summary>Hatch.</summary>
    Hatch,

    /// <summary>PDM.</summary>
    Pdm,
}
