uv pip install ⟦override-option|--break-system-packages⟧ x
uv pip install --break-system-packages --no-break-system-packages x
uv pip install --system ⟦override-option|--break-system-packages⟧ x
