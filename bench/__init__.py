"""Figures of the README, each printed by a command; and the worlds they are measured on."""
