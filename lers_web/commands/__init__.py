"""The commands of ``flask``: one module a subject, registered by ``lers_web.cli``."""
