set -gx ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ 1
if test -n "$X"
    pip install ⟦override-option|--break-system-packages⟧ x
end
set -gx PIP_BREAK_SYSTEM_PACKAGES 0
