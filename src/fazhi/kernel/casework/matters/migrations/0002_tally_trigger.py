"""Keeps the tally: each statement that changes visibility adds what it changed, so that an exact total is a sum of few rows.

Adding rows instead of updating a counter keeps writers from waiting for each other.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION matters_tally_changes() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.matters_tally (id, jurisdiction_id, unit_id, record, phase, handler_id, delta)
        SELECT nextval('public.fazhi_id'), jurisdiction_id, unit_id, record, phase, handler_id, count(*)
        FROM fresh GROUP BY jurisdiction_id, unit_id, record, phase, handler_id;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO public.matters_tally (id, jurisdiction_id, unit_id, record, phase, handler_id, delta)
        SELECT nextval('public.fazhi_id'), jurisdiction_id, unit_id, record, phase, handler_id, -count(*)
        FROM former GROUP BY jurisdiction_id, unit_id, record, phase, handler_id;
    ELSE
        INSERT INTO public.matters_tally (id, jurisdiction_id, unit_id, record, phase, handler_id, delta)
        SELECT nextval('public.fazhi_id'), jurisdiction_id, unit_id, record, phase, handler_id, sum(change)
        FROM (
            SELECT jurisdiction_id, unit_id, record, phase, handler_id, 1 AS change FROM fresh
            UNION ALL
            SELECT jurisdiction_id, unit_id, record, phase, handler_id, -1 FROM former
        ) AS both_sides
        GROUP BY jurisdiction_id, unit_id, record, phase, handler_id HAVING sum(change) <> 0;
    END IF;
    RETURN NULL;
END
$$
"""

TRIGGERS = """
CREATE TRIGGER tally_insert AFTER INSERT ON matters_visibility REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION matters_tally_changes();
CREATE TRIGGER tally_update AFTER UPDATE ON matters_visibility REFERENCING NEW TABLE AS fresh OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION matters_tally_changes();
CREATE TRIGGER tally_delete AFTER DELETE ON matters_visibility REFERENCING OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION matters_tally_changes();
"""

UNDO = """
DROP TRIGGER tally_insert ON matters_visibility; DROP TRIGGER tally_update ON matters_visibility;
DROP TRIGGER tally_delete ON matters_visibility; DROP FUNCTION matters_tally_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]

    operations = [migrations.RunSQL([FUNCTION, TRIGGERS], UNDO)]
