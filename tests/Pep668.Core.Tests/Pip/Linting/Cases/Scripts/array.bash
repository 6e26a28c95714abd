args=(install ⟦override-option|--break-system-packages⟧)
args+=(
  --user # no
  ⟦override-option|--break-system-packages⟧
)
pip "${args[@]}" x
