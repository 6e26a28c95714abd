# pip install --break-system-packages x
pip install x  # not with --break-system-packages
# trailing \
echo "use pip install --break-system-packages"
