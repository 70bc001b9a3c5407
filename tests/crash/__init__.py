"""The crash test: real daemons, killed at random moments and started again, in worlds that keep publishing."""
