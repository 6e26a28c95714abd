import subprocess, sys
subprocess.check_call([sys.executable, "-m", "pip", "install", "⟦override-option|--break-system-packages⟧", "x"])
subprocess.run('pip install ⟦override-option|--break-system-packages⟧ x', shell=True)
os.system("sudo rm ⟦marker-removed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧")
