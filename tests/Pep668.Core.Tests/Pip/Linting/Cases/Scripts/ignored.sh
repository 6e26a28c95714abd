pip install --break-system-packages x  # pep668: ignore (a disposable machine)
# pep668: ignore, the same
pip install --break-system-packages x
echo '# pep668: ignore'
pip install ⟦override-option|--break-system-packages⟧ x
