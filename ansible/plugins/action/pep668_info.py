# Copyright (c) The Pep668 developers
# MIT License (see LICENSE)
"""The action of pep668_info."""
from __future__ import annotations

from ansible_collections.pep668.pep668.plugins.plugin_utils.companion import CompanionAction


class ActionModule(CompanionAction):
    """The action of pep668_info."""

    MODULE = 'pep668_info'
