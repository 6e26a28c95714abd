# escape=`
FROM x
SHELL ["powershell", "-Command"]
RUN pip install `
  ⟦override-option|--break-system-packages⟧ x
