sudo rm -f ⟦marker-removed|/usr/lib/python3*/EXTERNALLY-MANAGED⟧
mv ⟦marker-renamed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧ /tmp
find /usr/lib -name ⟦marker-removed|EXTERNALLY-MANAGED⟧ -delete
find / -name '⟦marker-removed|EXTERNALLY-MANAGED⟧' -exec rm {} \;
find / -name EXTERNALLY-MANAGED | xargs ⟦marker-removed|rm⟧ -f
mv ⟦marker-renamed|/usr/lib/python3.11/EXTERNALLY-MANAGED{,.bak}⟧
rm "⟦marker-removed|$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')/EXTERNALLY-MANAGED⟧"
dpkg-divert --rename --add ⟦marker-renamed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧
ln -sf /dev/null ⟦marker-removed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧
