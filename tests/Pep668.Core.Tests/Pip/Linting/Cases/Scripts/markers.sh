marker=/usr/lib/python3.11/EXTERNALLY-MANAGED
[ -f "$marker" ] && rm "⟦marker-removed|$marker⟧"
for f in /usr/lib/python3*/EXTERNALLY-MANAGED; do
  rm -v "⟦marker-removed|$f⟧"
done
find / -name EXTERNALLY-MANAGED | while read -r one; do rm "⟦marker-removed|${one}⟧"; done
