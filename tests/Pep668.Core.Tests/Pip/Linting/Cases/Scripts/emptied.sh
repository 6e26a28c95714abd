: > /usr/lib/python3.11/EXTERNALLY-MANAGED
truncate -s 0 /usr/lib/python3.11/EXTERNALLY-MANAGED
install -m 644 /dev/null /usr/lib/python3.11/EXTERNALLY-MANAGED
rsync --exclude EXTERNALLY-MANAGED --delete a/ b/
