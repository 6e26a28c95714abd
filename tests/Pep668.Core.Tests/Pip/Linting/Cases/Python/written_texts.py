import sys
from pathlib import Path

Path("README.md").write_text("pip install --break-system-packages x\n")
with open("notes.txt", "w") as f:
    f.write("pip install --break-system-packages x\n")
sys.stdout.write("pip install --break-system-packages x\n")
log.write("break-system-packages = true")
Path("/etc/pip.conf").write_text("[global]\nbreak-system-packages = false\n")
print("break-system-packages = true", file=sys.stderr)
