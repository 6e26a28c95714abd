while [ $# -gt 0 ]; do
  case "$1" in
    --break-system-packages) FORCE=1 ;;
    -h|--help) usage; exit ;;
  esac
  shift
done
[[ $1 == "--break-system-packages" && -n $2 ]] && shift
[ "$1" = --break-system-packages ] && shift
