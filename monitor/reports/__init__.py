"""Answer what commands, pages and an API ask: gather what is known into frozen records, which others print."""
