: "${⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧:=1}"
