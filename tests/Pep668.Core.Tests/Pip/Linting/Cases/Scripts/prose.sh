usage() {
  cat <<EOF
Usage: x [--break-system-packages]
  pip install --break-system-packages x
EOF
}
log_error "try: pip install --break-system-packages"
printf '%s\n' --break-system-packages >&2
die "rm /usr/lib/python3/EXTERNALLY-MANAGED"
