bash -c 'pip install ⟦override-option|--break-system-packages⟧ x'
su - me -c "pip uninstall -y ⟦override-option|--break-system-packages⟧ x"
ssh host 'sudo pip install ⟦override-option|--break-system-packages⟧ x'
out=$(pip install ⟦override-option|--break-system-packages⟧ x)
eval "pip install ⟦override-option|--break-system-packages⟧ x"
`pip install ⟦override-option|--break-system-packages⟧ x`
