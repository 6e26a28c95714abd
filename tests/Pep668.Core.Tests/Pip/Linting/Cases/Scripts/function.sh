pip() { command pip "$@" ⟦override-option|--break-system-packages⟧; }
retry 3 pip install ⟦override-option|--break-system-packages⟧ x
install_python ⟦override-option|--break-system-packages⟧ x
