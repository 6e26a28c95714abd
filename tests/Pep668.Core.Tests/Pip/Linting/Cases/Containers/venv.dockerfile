FROM debian:12
RUN python3 -m venv /opt/venv && /opt/venv/bin/pip install requests
RUN pip install --break-packages-not x
RUN if [ -f /usr/lib/python3.11/EXTERNALLY-MANAGED ]; then echo managed; fi
