"""What every room uses: errors, messages, limits, progress, YAML with places, safe XML."""
