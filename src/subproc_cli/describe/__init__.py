"""What the registry says of a service, as sentences in a language."""
