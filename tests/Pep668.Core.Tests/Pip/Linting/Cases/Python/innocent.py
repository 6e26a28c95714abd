"""Runs pip install --break-system-packages.

rm EXTERNALLY-MANAGED
"""
import sys
# pip install --break-system-packages
parser.add_argument("--break-system-packages", action="store_true", help="pip install --break-system-packages")
if "--break-system-packages" in sys.argv: pass
print("pip install --break-system-packages x")
assert cmd == ["pip", "install", "--break-system-packages"]
raise RuntimeError("pip install --break-system-packages")
if os.path.exists("/usr/lib/python3.11/EXTERNALLY-MANAGED"): pass
OPTIONS = {"--break-system-packages": 1}
logger.info("run %s", "pip install --break-system-packages")
name.replace("EXTERNALLY-MANAGED", "")
x = args["--break-system-packages"]
mock.assert_called_with(["pip", "install", "--break-system-packages"])
