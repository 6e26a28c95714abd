[ -f /usr/lib/python3.11/EXTERNALLY-MANAGED ] && exit 1
ls /usr/lib/python3*/EXTERNALLY-MANAGED
cp EXTERNALLY-MANAGED /usr/lib/python3.11/
mv EXTERNALLY-MANAGED.bak /usr/lib/python3.11/EXTERNALLY-MANAGED
rm EXTERNALLY-MANAGED.bak
git rm EXTERNALLY-MANAGED
find / -name EXTERNALLY-MANAGED
dpkg-divert --remove /usr/lib/python3/EXTERNALLY-MANAGED
touch /usr/lib/python3.11/EXTERNALLY-MANAGED
rm "$other"
