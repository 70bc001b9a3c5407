"""What a rule can look for in a text: words, wildcards, phrases, names, exact spellings, regular expressions."""
