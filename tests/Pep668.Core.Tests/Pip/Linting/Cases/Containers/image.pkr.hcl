build {
  provisioner "shell" {
    environment_vars = ["⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧"]
    inline = [
      # "pip install --break-system-packages"
      "sudo pip install ⟦override-option|--break-system-packages⟧ x",
      "rm ⟦marker-removed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧",
    ]
  }
}
