"""Pages for those who run LERS: the mail sink of a standalone run, and the RQ dashboard behind a sign-in."""
