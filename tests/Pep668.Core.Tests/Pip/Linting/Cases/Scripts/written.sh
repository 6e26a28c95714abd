echo "⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧" >> "$GITHUB_ENV"
printf '[global]\n⟦override-setting|break-system-packages=true⟧\n' | sudo tee /etc/pip.conf
echo 'export ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧' >> ~/.bashrc
echo PIP_BREAK_SYSTEM_PACKAGES=1
