def test_a(tmp_path):
    (tmp_path / "EXTERNALLY-MANAGED").unlink()
    lib = tmp_path / "lib"
    marker = lib / "EXTERNALLY-MANAGED"
    marker.unlink()
    os.remove(f"{tmp_path}/EXTERNALLY-MANAGED")
    with tempfile.TemporaryDirectory() as folder:
        os.remove(os.path.join(folder, "EXTERNALLY-MANAGED"))
    os.rename(tmp_path / "EXTERNALLY-MANAGED", "/usr/lib/python3.11/x")


def test_b(tmp_path):
    shutil.move("⟦marker-renamed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧", tmp_path)
    os.rename(stdlib / "⟦marker-renamed|EXTERNALLY-MANAGED⟧", tmp_path / "x")
    marker = stdlib / "EXTERNALLY-MANAGED"
    ⟦marker-removed|marker⟧.unlink()
