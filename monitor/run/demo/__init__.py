"""The whole road in half a minute on loopback: outlets, a mail server that fails once, and the real daemon between."""
