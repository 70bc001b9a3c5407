"""Load the configuration folder into one checked, immutable Config, and report all problems at once."""

from monitor.config.config import Backup, Config, Endpoint, Loaded, Person, Settings
from monitor.config.diff import Changes, diff
from monitor.config.folder_watch import changes, fingerprint
from monitor.config.load import emptied, load, load_settings, load_texts
from monitor.config.site_access import Login, SiteAccess

__all__ = [
    "Backup",
    "Changes",
    "Config",
    "Endpoint",
    "Loaded",
    "Login",
    "Person",
    "Settings",
    "SiteAccess",
    "changes",
    "diff",
    "emptied",
    "fingerprint",
    "load",
    "load_settings",
    "load_texts",
]
