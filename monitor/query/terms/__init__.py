"""Match single terms: words, wildcards, phrases, names, exact spellings, regular expressions and symbols."""
