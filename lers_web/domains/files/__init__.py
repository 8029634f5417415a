"""Files: streamed in, checked, scanned, given out again only when clean."""
