pip install -r --break requests
pip install --build-constraint c.txt requests
pip install --bre=1 x
