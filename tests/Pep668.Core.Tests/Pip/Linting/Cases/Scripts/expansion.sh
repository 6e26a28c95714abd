pip install ${PIP_FLAGS:-⟦override-option|--break-system-packages⟧} x
pip install ${PIP_FLAGS-⟦override-option|--break-system-packages⟧} x
pip install ${PIP_FLAGS:=⟦override-option|--break-system-packages⟧} x
pip install ${PIP_FLAGS=⟦override-option|--break-system-packages⟧} x
pip install ${CI:+⟦override-option|--break-system-packages⟧} x
pip install "${CI+⟦override-option|--break-system-packages⟧}" x
pip install ${A:-${B:-⟦override-option|--break-system-packages⟧ --user}} x
pip install ${A:-"⟦override-option|--break⟧"} x
FLAGS="--user ${CI:+⟦override-option|--break-system-packages⟧}"
: "${PIP_FLAGS:=⟦override-option|--break-system-packages⟧}"
sh -c "pip install ${CI:+⟦override-option|--break-system-packages⟧} x"
: "${PIP_FLAGS:?set it to --break-system-packages}"
: ${X:---break-system-packages}
echo ${X:---break-system-packages}
pip install ${X:---user} x
pip install ${X#--break-system-packages} x
[ "${1:-}" = "${X:---break-system-packages}" ] && shift
