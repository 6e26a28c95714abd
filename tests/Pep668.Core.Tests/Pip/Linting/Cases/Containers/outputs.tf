output "hint" {
  description = "pip install --break-system-packages"
  value       = "pip install --break-system-packages ${var.name} {"
}
resource "null_resource" "x" {
  provisioner "local-exec" {
    command = "pip install ⟦override-option|--break-system-packages⟧ requests"
  }
}
locals {
  output = "pip install ⟦override-option|--break-system-packages⟧ requests"
}
