"""Alembic's entry: runs the migrations over the connection, and inside the transaction, that migrate.py brings."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
