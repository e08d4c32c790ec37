"""OpenDocument texts (ODF 1.3: .odt, .ott, .odm, .fodt) to Documents."""
