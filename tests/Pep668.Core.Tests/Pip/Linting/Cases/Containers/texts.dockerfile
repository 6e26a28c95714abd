FROM x
ENV DOC="pip install --break-system-packages"
ENV WHY="pip install --break-system-packages is not allowed"
ENV USAGE pip install --break-system-packages x
LABEL doc="pip install --break-system-packages" \
      org.opencontainers.image.description="rm EXTERNALLY-MANAGED"
ARG FLAGS=${X:-⟦override-option|--break-system-packages⟧}
RUN ["sh", "-c", "pip install ⟦override-option|--break-system-packages⟧ x"]
RUN sed -i 's/$/\n⟦override-setting|break-system-packages⟧ = true/' /etc/pip.conf && rm ⟦marker-removed|/usr/lib/python3*/EXT*⟧
