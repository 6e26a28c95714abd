target "x" {
  args = { ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ = "1", NOTE = "pip install --break-system-packages" }
}
variable "flags" {
  description = "Adds --break-system-packages"
  default = "⟦override-option|--break-system-packages⟧"
}
