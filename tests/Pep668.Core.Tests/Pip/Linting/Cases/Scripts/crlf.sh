pip install \
  ⟦override-option|--break-system-packages⟧ x
rm ⟦marker-removed|/usr/lib/python3/EXTERNALLY-MANAGED⟧
