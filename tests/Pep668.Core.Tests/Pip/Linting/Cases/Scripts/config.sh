pip config set ⟦override-setting|global.break-system-packages⟧ true
pip config --user set ⟦override-setting|install.break_system_packages⟧ 1
pip config set global.break-system-packages false
pip config unset global.break-system-packages
pip config get global.break-system-packages
