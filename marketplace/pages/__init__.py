"""Pages that show several apps at once: the top composes, the apps below do not know each other."""
