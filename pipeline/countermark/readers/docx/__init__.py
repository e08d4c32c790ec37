"""Word (ECMA-376 WordprocessingML)."""
