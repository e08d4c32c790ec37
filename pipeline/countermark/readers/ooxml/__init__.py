"""What all Office Open XML files share: package, encryption, properties."""
