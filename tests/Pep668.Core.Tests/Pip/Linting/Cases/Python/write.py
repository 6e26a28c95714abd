import configparser
import sys
from pathlib import Path

Path("/etc/pip.conf").write_text("[global]\n⟦override-setting|break-system-packages = true⟧\n")
Path("~/.config/pip/pip.conf").expanduser().write_text("""
[install]
⟦override-setting|break-system-packages = yes⟧
""")
(Path("/etc") / "pip.conf").write_text(f"[global]\n⟦override-setting|break-system-packages = 1⟧\n")
open("/etc/pip.conf", "w").write("[global]\n⟦override-setting|break-system-packages = true⟧\n")
with open("/etc/pip.conf", "w") as f:
    f.write("[global]\n")
    f.write("⟦override-setting|break-system-packages = true⟧\n")
    f.writelines(["[install]\n", "⟦override-setting|break-system-packages = true⟧\n"])
    print("⟦override-setting|break-system-packages = true⟧", file=f)
script = Path("install.sh")
script.write_text("#!/bin/sh\npip install ⟦override-option|--break-system-packages⟧ x\n")
with open("uv.toml", "a") as settings: settings.write("[pip]\n⟦override-setting|break-system-packages = true⟧\n")
