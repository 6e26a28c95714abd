CASES = [("pip", "install", "--break-system-packages"), ("pip", "check")]
TABLE = [["pip", "install", "--break-system-packages"]]
EXPECTED = ("--user", "--break-system-packages")
OPTION = "--break-system-packages"


@pytest.mark.parametrize("command", TABLE)
def test_a(command):
    assert lint(command) == EXPECTED
    for case in CASES:
        check(case)
    check(["pip", "install", "--break-system-packages"])


def test_b():
    main(["install", "⟦override-option|--break-system-packages⟧"])
    base = ["⟦override-option|--break-system-packages⟧"]
    subprocess.check_call([sys.executable, "-m", "pip", "install", *base])
    for one in [["pip", "install", "⟦override-option|--break-system-packages⟧"], ["pip", "check"]]:
        subprocess.run(one)
