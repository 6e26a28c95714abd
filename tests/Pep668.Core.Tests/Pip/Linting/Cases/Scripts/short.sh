pip install ⟦override-option|--break⟧ requests
pip install ⟦override-option|--b⟧ requests
