"""What is read of an account: its apps, their builds page by page, icons, and two builds side by side."""
