import os, pathlib, shutil
os.remove(os.path.join(stdlib, "⟦marker-removed|EXTERNALLY-MANAGED⟧"))
(pathlib.Path(stdlib) / "⟦marker-removed|EXTERNALLY-MANAGED⟧").unlink()
marker = stdlib / "EXTERNALLY-MANAGED"
if marker.exists():
    ⟦marker-renamed|marker⟧.rename(marker.with_suffix(".old"))
for f in glob.glob("/usr/lib/python3*/EXTERNALLY-MANAGED"):
    os.unlink(⟦marker-removed|f⟧)
