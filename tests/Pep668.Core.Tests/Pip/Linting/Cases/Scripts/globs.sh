rm ⟦marker-removed|/usr/lib/python3*/EXTERNALLY-M*⟧
rm -f ⟦marker-removed|/usr/lib/python3*/EXT*⟧
sudo rm "⟦marker-removed|$lib"/EXTERNALLY?MANAGED⟧
mv ⟦marker-renamed|/usr/lib/python3*/EXTERNALLY[-_]MANAGED⟧ /tmp
find / -name '⟦marker-removed|EXTERNALLY-M*⟧' -delete
find / -name "⟦marker-removed|*MANAGED⟧" -exec rm {} +
find / -iname ⟦marker-removed|externally-managed⟧ -delete
find / -regex '⟦marker-removed|.*/EXTERNALLY.*⟧' -delete
for f in /usr/lib/python3*/EXTER*; do rm "⟦marker-removed|$f⟧"; done
rm -rf /usr/lib/python3*/* *.txt E*
rm EXTRA* EXTERNALLY*.bak EXTERNALLY-MANAGED.* EXTERNALLY-[A-L]* UNMANAGED*
rm externally-managed
ls EXTERNALLY-M*
