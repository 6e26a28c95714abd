pip download --break-system-packages x
pip install --no-break-system-packages x
cp --backup a b
make --build x
git commit -m "Add pip install --break-system-packages"
complete -W '--break-system-packages' pip
