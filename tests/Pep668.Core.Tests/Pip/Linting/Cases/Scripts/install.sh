#!/bin/sh
set -e
sudo pip3 install ⟦override-option|--break-system-packages⟧ requests
