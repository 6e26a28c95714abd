if pip install --help | grep -q -- --break-system-packages; then
  opts="⟦override-option|--break-system-packages⟧"
fi
pip install $opts x
