"""The one-command run: real servers from wheels, and LERS on top of them. The tests start the same servers."""
