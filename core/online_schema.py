"""Changes of tables that people write to meanwhile. Only migrations import this."""

from __future__ import annotations

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

_IS_WHOLE = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)"


class BuildIndex(AddIndexConcurrently):
    """Build an index while people go on writing; for migrations with `atomic = False`.

    It takes as long as it takes, for nobody waits for it. A build that was broken off left an index
    that is kept up and never read: the next try drops it and builds anew. One that is whole stays.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        name = schema_editor.quote_name(self.index.name)
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(_IS_WHOLE, [name])
            found = cursor.fetchone()
            if found and found[0]:
                return
            cursor.execute("SET lock_timeout = 0; SET statement_timeout = 0")
            try:
                if found:
                    cursor.execute(f"DROP INDEX CONCURRENTLY {name}")
                super().database_forwards(app_label, schema_editor, from_state, to_state)
            finally:
                cursor.execute("RESET lock_timeout; RESET statement_timeout")
