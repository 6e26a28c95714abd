FLAGS=$(pip --help | grep -q break-system && echo ⟦override-option|--break-system-packages⟧); pip install $FLAGS x
pip install $(test -n "$CI" && printf '%s' ⟦override-option|--break-system-packages⟧) x
export F=`if managed; then echo "⟦override-option|--break-system-packages⟧"; fi`
pip install "$(echo ⟦override-option|--break-system-packages⟧)" x
args+=($(echo ⟦override-option|--break-system-packages⟧))
HAS=$(echo "$HELP" | grep -c -- --break-system-packages)
COUNT=$(echo --break-system-packages | wc -c)
LOG=$(echo --break-system-packages >&2)
MSG=$(echo "Use pip install --break-system-packages, if you must")
echo "$(echo --break-system-packages)"
