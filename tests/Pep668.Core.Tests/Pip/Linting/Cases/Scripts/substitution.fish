set flags (echo ⟦override-option|--break-system-packages⟧)
pip install $flags requests
pip install (printf '%s' ⟦override-option|--break-system-packages⟧) requests
set -gx PIP_ARGS (test -n "$CI"; and echo ⟦override-option|--break-system-packages⟧)
function install_all
    for name in (cat packages)
        python3 -m pip install ⟦override-option|--break-system-packages⟧ $name
    end
end
rm ⟦marker-removed|(find /usr/lib -name EXTERNALLY-MANAGED)⟧
if string match -q '*--break-system-packages*' (pip install --help)
    echo (pip install --help | grep -- --break-system-packages)
end
set found (find /usr/lib -name EXTERNALLY-MANAGED)
set version (python3 --version)
