find / -not -name EXTERNALLY-MANAGED -delete
find / ! -name 'EXTERNALLY*' -type f -delete
find / ! \( -name EXTERNALLY-MANAGED -o -name x \) -delete
find / -name EXTERNALLY-MANAGED -prune -o -type f -delete
find / -type f | grep -v EXTERNALLY-MANAGED | xargs rm
fd -E EXTERNALLY-MANAGED x -x rm
find / -type f | grep -E EXTERNALLY-MANAGED | xargs ⟦marker-removed|rm⟧
find / -not -name x -name ⟦marker-removed|EXTERNALLY-MANAGED⟧ -delete
