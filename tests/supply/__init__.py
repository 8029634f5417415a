"""What LERS is made of: a bill of materials (``make sbom``) and a look for known weaknesses (``make audit``).

Both read the two lock files and nothing else, need no network and no package beyond the standard library's and
``packaging``. See ``docs/adr/0067-supply-chain.md``.
"""
