ROWS = {"pip install --break-system-packages": 1, "rm EXTERNALLY-MANAGED": ["--break-system-packages"]}
LINES = ["pip install --break-system-packages x", "rm /usr/lib/python3.11/EXTERNALLY-MANAGED"]


def test_a():
    for line in LINES:
        assert lint(line) == ROWS[line]
