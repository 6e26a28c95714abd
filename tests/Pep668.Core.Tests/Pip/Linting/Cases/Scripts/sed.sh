sed -i '/\[global\]/a ⟦override-setting|break-system-packages⟧ = true' /etc/pip.conf
sed -i '$a\⟦override-setting|break-system-packages⟧ = true' /etc/pip.conf
sed -i '1i [global]\n⟦override-setting|break-system-packages⟧ = true' /etc/pip.conf
sed -i 's/^#.*break-system-packages.*/⟦override-setting|break-system-packages⟧ = true/' /etc/pip.conf
sed -i -e '/x/d; s|pip install|pip install ⟦override-option|--break-system-packages⟧|g' Dockerfile build.sh
sed 's/PACKAGES=0/⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧/' .env > .env.local
sudo sed -Ei "/x/,/y/c export ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧" /etc/profile
perl -pi -e 's/$/ ⟦override-option|--break-system-packages⟧/ if /pip install/' setup.sh
sed 's/pip install/pip install --break-system-packages/' build.sh
sed -i '/break-system-packages = true/d' /etc/pip.conf
sed -i 's/ --break-system-packages//g' build.sh
sed -i 's/break-system-packages = true/break-system-packages = false/' /etc/pip.conf
sed -i 's/pip install/pip install --break-system-packages/' README.md
