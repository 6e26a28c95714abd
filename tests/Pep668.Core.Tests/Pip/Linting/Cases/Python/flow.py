OPTION = "--break-system-packages"
if OPTION in text:
    pass
KNOWN = ("--user", "--break-system-packages")
for one in KNOWN:
    parser.add_argument(one)
COMMAND = ["pip", "install", "⟦override-option|--break-system-packages⟧", "x"]
subprocess.run(COMMAND)
for command in [["pip", "install", "⟦override-option|--break-system-packages⟧"], ["pip", "check"]]:
    subprocess.run(command)
FLAGS = ["⟦override-option|--break-system-packages⟧"]


def flags():
    return FLAGS
