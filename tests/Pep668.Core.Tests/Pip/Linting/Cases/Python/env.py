import os
os.environ["⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧"] = "1"
env = {**os.environ, "⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧": "1"}
os.environ.setdefault("⟦override-variable|UV_BREAK_SYSTEM_PACKAGES⟧", "true")
env.update(⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧="1")
os.environ["PIP_BREAK_SYSTEM_PACKAGES"] = "0"
if os.environ.get("PIP_BREAK_SYSTEM_PACKAGES") == "1": pass
os.environ.pop("PIP_BREAK_SYSTEM_PACKAGES", None)
