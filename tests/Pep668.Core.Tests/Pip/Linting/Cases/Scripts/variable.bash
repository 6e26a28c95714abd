⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧ pip install x
export ⟦override-variable|UV_BREAK_SYSTEM_PACKAGES=true⟧
sudo ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=on⟧ pip install x
docker run -e ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧ i
