# Copyright (c) The Pep668 developers
# MIT License (see LICENSE)
"""The action of this name runs the program pep668. The documentation is in pep668_venv.yml."""
from __future__ import absolute_import, division, print_function

__metaclass__ = type
