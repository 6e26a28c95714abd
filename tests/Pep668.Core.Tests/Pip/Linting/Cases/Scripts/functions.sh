pip_flags() {
  if pip install --help | grep -q -- --break-system-packages; then
    echo "⟦override-option|--break-system-packages⟧"
  fi
}
function more { [ -n "$CI" ] && printf '%s' ⟦override-option|--break-system-packages⟧; }
completions() { echo "--break-system-packages --user"; }
pip install $(pip_flags) `more` x
echo --break-system-packages
trap 'pip install ⟦override-option|--break-system-packages⟧ x' EXIT
rename 's/$/.bak/' ⟦marker-renamed|/usr/lib/python3*/EXTERNALLY-MANAGED⟧
