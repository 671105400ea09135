"""What the registry states about a service, as sentences in a language."""
