PIP_FLAGS ?= $(if $(CI),⟦override-option|--break-system-packages⟧)
FLAGS := $(shell pip --help | grep -q break && echo ⟦override-option|--break-system-packages⟧)
HELP = pip install --break-system-packages
HAS = $(findstring --break-system-packages,$(FLAGS))
a: ; pip install ⟦override-option|--break-system-packages⟧ x
b:
	$(PYTHON) -m pip install $(or $(F),⟦override-option|--break-system-packages⟧) x
	-rm -f ⟦marker-removed|$(wildcard /usr/lib/python3*/EXTERNALLY-M*)⟧
