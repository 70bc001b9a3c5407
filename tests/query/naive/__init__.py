"""An independent definition of the language: it scans texts and shares no code with the matcher but the parser's tree.

Only where sentences begin is asked of the library, since its lists of abbreviations are the definition.
"""

from tests.query.naive.evaluator import spans

__all__ = ["spans"]
