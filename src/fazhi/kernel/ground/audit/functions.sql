-- The functions of the audit. Installed by protect() as the owner role, over their former versions.
--
-- Those the program may call are SECURITY DEFINER: it has no right to write an audit table in any other way. Each pins
-- its search path, and the settings that shape the text of an image, so that an image never depends on the session.

-- This hash of an entry: SHA-256 of its fields as a JSON array, instants in microseconds since 1970.
CREATE OR REPLACE FUNCTION audit_leaf(entry audit_entry) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(convert_to(jsonb_build_array(
    entry.id, entry.era, entry.xid, entry.jurisdiction_id, entry.table_name, entry.row_id, entry.op, entry.actor,
    entry.act, (extract(epoch FROM entry.at) * 1000000)::bigint,
    (extract(epoch FROM entry.recorded) * 1000000)::bigint, encode(entry.digest, 'hex')
)::text, 'UTF8'));

-- This hash over the head of a block, to which the leaves are appended.
CREATE OR REPLACE FUNCTION audit_head(block audit_block) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN convert_to(jsonb_build_array(
    block.n, block.era, block.from_xid, block.to_xid, block.entries,
    (extract(epoch FROM block.sealed_at) * 1000000)::bigint, encode(block.previous, 'hex')
)::text, 'UTF8');

-- Attached to every audited table, for each statement. Without an argument the table has a jurisdiction and its whole
-- row is recorded; the argument, an array of columns, takes the slower way of a table that lacks one or keeps columns back.
CREATE OR REPLACE FUNCTION audit_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET "TimeZone" = 'UTC' SET bytea_output = 'hex' SET "IntervalStyle" = 'iso_8601' SET extra_float_digits = 1
AS $$
DECLARE
    present constant integer := (SELECT max(era) FROM public.audit_era);
    transaction constant bigint := pg_current_xact_id()::text::bigint;
    actor constant bigint := nullif(current_setting('fazhi.actor', true), '')::bigint;
    act constant text := coalesce(current_setting('fazhi.act', true), '');
    at constant timestamptz := nullif(current_setting('fazhi.at', true), '')::timestamptz;
BEGIN
    IF TG_TABLE_SCHEMA <> 'public' THEN
        RAISE EXCEPTION 'audit_record() serves tables of the schema public, not %', TG_TABLE_SCHEMA;
    END IF;
    IF TG_NARGS = 0 THEN
        WITH change AS (
            SELECT nextval('public.audit_entry_id_seq') AS entry, audited.id, audited.jurisdiction_id,
                   to_jsonb(audited) AS image
            FROM fresh AS audited
        ), kept AS (
            INSERT INTO public.audit_payload (id, jurisdiction_id, image)
            SELECT entry, jurisdiction_id, image FROM change
        )
        INSERT INTO public.audit_entry
            (id, xid, jurisdiction_id, row_id, actor, at, recorded, era, op, table_name, act, digest)
        SELECT entry, transaction, jurisdiction_id, id, actor, at, clock_timestamp(), present, left(TG_OP, 1),
               TG_TABLE_NAME, act, sha256(convert_to(image::text, 'UTF8'))
        FROM change;
    ELSE
        WITH change AS (
            SELECT nextval('public.audit_entry_id_seq') AS entry, audited.id,
                   to_jsonb(audited) - TG_ARGV[0]::text[] AS image
            FROM fresh AS audited
        ), kept AS (
            INSERT INTO public.audit_payload (id, jurisdiction_id, image)
            SELECT entry, (image->>'jurisdiction_id')::bigint, image FROM change
        )
        INSERT INTO public.audit_entry
            (id, xid, jurisdiction_id, row_id, actor, at, recorded, era, op, table_name, act, digest)
        SELECT entry, transaction, (image->>'jurisdiction_id')::bigint, id, actor, at, clock_timestamp(), present,
               left(TG_OP, 1), TG_TABLE_NAME, act, sha256(convert_to(image::text, 'UTF8'))
        FROM change;
    END IF;
    RETURN NULL;
END
$$;

-- One entry that is no change of a row. For the functions below and for the owner.
CREATE OR REPLACE FUNCTION audit_write(
    jurisdiction bigint, subject text, subject_row bigint, operation text, facts jsonb
) RETURNS bigint
LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    WITH entry AS (
        INSERT INTO public.audit_entry
            (id, xid, jurisdiction_id, row_id, actor, at, recorded, era, op, table_name, act, digest)
        SELECT nextval('public.audit_entry_id_seq'), pg_current_xact_id()::text::bigint, jurisdiction, subject_row,
               nullif(current_setting('fazhi.actor', true), '')::bigint,
               nullif(current_setting('fazhi.at', true), '')::timestamptz, clock_timestamp(),
               (SELECT max(era) FROM public.audit_era), operation, subject,
               coalesce(current_setting('fazhi.act', true), ''), sha256(convert_to(facts::text, 'UTF8'))
        RETURNING id
    )
    INSERT INTO public.audit_payload (id, jurisdiction_id, image) SELECT id, jurisdiction, facts FROM entry
    RETURNING id;
END;

-- A note on a row: a secret was shown, a list exported. Only about jurisdictions of the session.
CREATE OR REPLACE FUNCTION audit_note(jurisdiction bigint, subject text, subject_row bigint, facts jsonb)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT coalesce(jurisdiction = ANY (nullif(current_setting('fazhi.jurisdictions', true), '')::bigint[]), false) THEN
        RAISE EXCEPTION 'jurisdiction % is not of this session', jurisdiction USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN public.audit_write(jurisdiction, subject, subject_row, 'N', facts);
END
$$;

-- Lawful erasure: removes the images of a row, and unless it is kept the row; the entries stay, and one more says why.
-- A row that is kept (a tombstone) keeps its last image. Returns the number of images removed.
CREATE OR REPLACE FUNCTION audit_erase(subject text, subject_row bigint, facts jsonb, keep boolean) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    place constant regclass := to_regclass(format('public.%I', subject));
    home bigint;
    latest bigint := 0;
    removed bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = place AND tgfoid = 'public.audit_record()'::regprocedure) THEN
        RAISE EXCEPTION 'table % is not audited', subject USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('SELECT (to_jsonb(row)->>''jurisdiction_id'')::bigint FROM %s AS row WHERE id = $1 FOR UPDATE', place)
    INTO home USING subject_row;
    IF NOT coalesce(home = ANY (nullif(current_setting('fazhi.jurisdictions', true), '')::bigint[]), false) THEN
        RAISE EXCEPTION 'row % of % is not of this session', subject_row, subject
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF keep THEN
        SELECT max(id) INTO latest FROM public.audit_entry
        WHERE row_id = subject_row AND table_name = subject AND op IN ('I', 'U', 'B');
    ELSE
        EXECUTE format('DELETE FROM %s WHERE id = $1', place) USING subject_row;
    END IF;
    DELETE FROM public.audit_payload AS payload USING public.audit_entry AS entry
    WHERE payload.id = entry.id AND entry.row_id = subject_row AND entry.table_name = subject
        AND entry.op <> 'E' AND entry.id <> coalesce(latest, 0);
    GET DIAGNOSTICS removed = ROW_COUNT;
    PERFORM public.audit_write(home, subject, subject_row, 'E', facts || jsonb_build_object('kept', coalesce(latest, 0)));
    RETURN removed;
END
$$;

-- Closes the next block at `until`: the entries of this era's transactions from the last block's end up to it.
-- Returns its number, or NULL when there is nothing to seal. The lock makes the sealer one.
CREATE OR REPLACE FUNCTION audit_close(until bigint) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    present constant integer := (SELECT max(era) FROM public.audit_era);
    last public.audit_block;
    next public.audit_block;
    body bytea;
BEGIN
    SELECT * INTO last FROM public.audit_block ORDER BY n DESC LIMIT 1;
    next.n := coalesce(last.n, 0) + 1;
    next.era := present;
    next.from_xid := CASE WHEN last.era = present THEN last.to_xid ELSE 0 END;
    next.to_xid := until;
    next.previous := coalesce(last.hash, '');
    next.sealed_at := clock_timestamp();
    SELECT count(*), string_agg(leaf, '' ORDER BY xid, id),
           string_agg(int8send(id) || substring(leaf FROM 1 FOR 8), '' ORDER BY xid, id)
    INTO next.entries, body, next.leaves
    FROM (
        SELECT id, xid, public.audit_leaf(entry) AS leaf FROM public.audit_entry AS entry
        WHERE era = present AND xid >= next.from_xid AND xid < next.to_xid
    ) AS member;
    IF next.entries = 0 THEN
        RETURN NULL;
    END IF;
    next.hash := sha256(public.audit_head(next) || body);
    INSERT INTO public.audit_block (n, era, from_xid, to_xid, entries, sealed_at, previous, hash, leaves)
    VALUES (next.n, next.era, next.from_xid, next.to_xid, next.entries, next.sealed_at, next.previous, next.hash,
            next.leaves);
    RETURN next.n;
END
$$;

-- One step of the sealer: takes in every transaction that is over. A transaction still running holds back those after
-- it, so that blocks follow the order of commits and a sealed range can never gain an entry.
CREATE OR REPLACE FUNCTION audit_seal() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('fazhi.audit.seal')) THEN
        RETURN NULL;
    END IF;
    RETURN public.audit_close(pg_snapshot_xmin(pg_current_snapshot())::text::bigint);
END
$$;

-- Begins an era, sealing what the former one left. For the owner, with the program stopped: after a restore, or in a
-- new cluster, where transaction numbers start again.
CREATE OR REPLACE FUNCTION audit_begin_era(why text) RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    former constant integer := (SELECT max(era) FROM public.audit_era);
    standing bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('fazhi.audit.seal'));
    SELECT coalesce(max(n), 0) INTO standing FROM public.audit_block;
    IF former IS NOT NULL THEN
        LOCK TABLE public.audit_entry IN SHARE MODE;
        PERFORM public.audit_close((SELECT max(xid) + 1 FROM public.audit_entry WHERE era = former));
    END IF;
    INSERT INTO public.audit_era (era, after, cluster, began_at, reason)
    SELECT coalesce(former, 0) + 1, standing, (SELECT system_identifier FROM pg_control_system()), clock_timestamp(), why;
    RETURN coalesce(former, 0) + 1;
END
$$;

-- Entries not yet sealed: how many, and the seconds since the oldest was written.
CREATE OR REPLACE FUNCTION audit_lag(OUT waiting bigint, OUT seconds double precision)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(recorded)), 0)::double precision
    FROM public.audit_entry
    WHERE era = (SELECT max(era) FROM public.audit_era)
        AND xid >= coalesce((
            SELECT to_xid FROM public.audit_block
            WHERE era = (SELECT max(era) FROM public.audit_era) ORDER BY n DESC LIMIT 1
        ), 0);
END;
