"""The life cycle of everything LERS is about, one folder a domain, the same words in each."""
