define install
@pip install ⟦override-option|--break-system-packages⟧ $(1)
endef
override define INSTALL_ALL =
	$(PYTHON) -m pip install ⟦override-option|--break-system-packages⟧ -r requirements.txt
	rm -f ⟦marker-removed|/usr/lib/python3/EXTERNALLY-MANAGED⟧
endef
define USAGE
pip install --break-system-packages is not supported
endef
export define HELP_TEXT :=
pip install --break-system-packages x
endef
all:
	$(call install,requests)
	pip install ⟦override-option|--break-system-packages⟧ x
