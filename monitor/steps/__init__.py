"""Do the work of a monitor in steps: each reads, decides with pure functions, and writes in one transaction."""
