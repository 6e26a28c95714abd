import nox
@nox.session
def tests(session):
    session.install("⟦override-option|--break-system-packages⟧", "x")
    session.run("pip", "install", "⟦override-option|--break⟧", "x")
    session.env["⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧"] = "1"
