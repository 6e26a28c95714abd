sudo bash <<'EOF'
pip install ⟦override-option|--break-system-packages⟧ x
EOF
cat > /etc/pip.conf <<EOF
[global]
⟦override-setting|break-system-packages⟧ = true
EOF
cat > notes.md <<EOF
pip install --break-system-packages x
EOF
cat <<EOF | tee setup.sh
pip install ⟦override-option|--break-system-packages⟧ x
EOF
: <<'COMMENT'
pip install --break-system-packages x
COMMENT
