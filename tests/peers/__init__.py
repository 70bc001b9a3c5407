"""Peers to test against: real servers on loopback, at the outermost wire."""
