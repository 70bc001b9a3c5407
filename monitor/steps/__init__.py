"""The road: each step reads, thinks through the pure stations, and writes in one transaction."""
