cmd = ["pip", "install"]
if managed:
    cmd.append("⟦override-option|--break-system-packages⟧")
cmd += ['⟦override-option|--break-system-packages⟧']
extra = ["⟦override-option|--break-system-packages⟧"] if managed else []
flags = "⟦override-option|--break-system-packages⟧"
