"""Show monitor at work for half a minute on loopback: outlets, a mail server that refuses once, and the real daemon."""
