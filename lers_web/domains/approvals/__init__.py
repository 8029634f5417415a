"""Decisions of approvers, level by level, with what they signed."""
