"""Common passwords and their stems: a small offline list, compared after lower-casing and stripping decoration.

Only what can reach the minimum length matters here: long favourites, and short stems that people pad with digits and
signs until they fit (``Password2026!``).
"""

from __future__ import annotations

_WORDS = """
    password passwort passw0rd pass passcode passphrase secret admin administrator root superuser user guest test
    testing welcome letmein login logon signin changeme changeit default qwerty qwertyuiop qwertyuiopasdf asdfghjkl
    zxcvbnm qazwsx qazwsxedc iloveyou loveyou dragon monkey football cricket baseball superman batman spiderman
    princess sunshine shadow master trustno trustnoone hello helloworld freedom whatever starwars computer internet
    india bharat hindustan mumbai delhi bengaluru bangalore chennai kolkata hyderabad maharashtra karnataka police
    mumbaipolice delhipolice inspector officer constable commissioner government cyber cybercrime cybercell
    jaihind jaishreeram omnamahshivaya ganesh ganpati krishna sairam bollywood sachin dhoni kohli
    lers lersadmin lerspassword telecom bank january february march april may june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday summer winter spring autumn monsoon
    company temporary temp initial newpassword mypassword thisismypassword correcthorsebatterystaple abc abcd
    abcdefgh abcdefghijkl abcabcabcabc onetwothree
"""

STEMS = frozenset(_WORDS.split())
