"""Mail: messages and what carries them (RFC 5322, RFC 2045 to 2049, MS-OXMSG, RFC 8551, MS-OXTNEF)."""
