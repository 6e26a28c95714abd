HELP = "pip install --break-system-packages"
def deploy(c):
    command = "pip install ⟦override-option|--break-system-packages⟧ x"
    c.run(command)
    message = "pip install --break-system-packages"
    print(message)
    c.sudo(f"rm -f ⟦marker-removed|{stdlib}/EXTERNALLY-MANAGED⟧")
    [one.unlink() for one in Path("/usr/lib").rglob("⟦marker-removed|EXTERNALLY-MANAGED⟧")]
    args = parser.parse_args(["--break-system-packages"])
