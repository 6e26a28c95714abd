python3 -m pip install \
    --user \
    ⟦override-option|--break-system-packages⟧ \
    requests
