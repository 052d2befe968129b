"""The table of builds, its details panel, and two builds side by side."""
