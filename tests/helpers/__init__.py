"""What several tests use: fakes, servers and waiting."""
