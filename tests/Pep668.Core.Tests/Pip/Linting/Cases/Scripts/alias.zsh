alias pip='pip3 install ⟦override-option|--break-system-packages⟧'
set -- "$@" ⟦override-option|--break-system-packages⟧
