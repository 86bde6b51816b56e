-- What a server holds, a digest a row: rows of all tables, large objects, sequences, definitions, roles, settings, sessions that
-- something was left running in.
WITH user_relations AS (
    SELECT c.oid, c.relkind AS kind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid >= 16384 AND n.nspname !~ '^pg_(temp|toast)'
)
SELECT 'rows of ' || oid::regclass, md5(query_to_xml(format('SELECT * FROM %s t ORDER BY t::text', oid::regclass), true, false, '')::text)
    FROM user_relations WHERE kind IN ('r', 'm')
UNION ALL SELECT 'sequences', md5(string_agg(s::text, ' ' ORDER BY s::text)) FROM pg_sequences s
UNION ALL SELECT 'relations', md5(string_agg(concat_ws(',', c.oid, relname, relnamespace, relowner, relacl, relfilenode, reloptions, relkind, relrowsecurity, relforcerowsecurity, relpersistence, relispartition, pg_get_expr(relpartbound, c.oid)), ' ' ORDER BY c.oid)) FROM pg_class c JOIN user_relations USING (oid)
UNION ALL SELECT 'columns', md5(string_agg(concat_ws(',', attrelid, attnum, attname, atttypid, attacl, attnotnull, attisdropped, attgenerated, attstattarget, attoptions), ' ' ORDER BY attrelid, attnum)) FROM pg_attribute JOIN user_relations r ON r.oid = attrelid
UNION ALL SELECT 'defaults', md5(string_agg(d::text, ' ' ORDER BY d.oid)) FROM pg_attrdef d JOIN user_relations r ON r.oid = adrelid
UNION ALL SELECT 'functions', md5(string_agg(p::text, ' ' ORDER BY oid)) FROM pg_proc p WHERE oid >= 16384
UNION ALL SELECT 'types', md5(string_agg(t::text, ' ' ORDER BY t.oid)) FROM pg_type t WHERE oid >= 16384 AND typnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_temp')
UNION ALL SELECT 'operators', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_operator o WHERE oid >= 16384
UNION ALL SELECT 'casts', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_cast o WHERE oid >= 16384
UNION ALL SELECT 'rules', md5(string_agg(o::text, ' ' ORDER BY o.oid)) FROM pg_rewrite o JOIN user_relations r ON r.oid = ev_class
UNION ALL SELECT 'triggers', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_trigger o WHERE NOT tgisinternal
UNION ALL SELECT 'policies', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_policy o
UNION ALL SELECT 'constraints', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_constraint o WHERE oid >= 16384
UNION ALL SELECT 'indexes', md5(string_agg(o::text, ' ' ORDER BY indexrelid)) FROM pg_index o JOIN user_relations r ON r.oid = indrelid
UNION ALL SELECT 'inheritance', md5(string_agg(o::text, ' ' ORDER BY o::text)) FROM pg_inherits o
UNION ALL SELECT 'schemas', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_namespace o WHERE nspname !~ '^pg_(temp|toast)'
UNION ALL SELECT 'comments', md5(string_agg(o::text, ' ' ORDER BY o::text)) FROM pg_description o WHERE objoid >= 16384
UNION ALL SELECT 'labels', md5(string_agg(o::text, ' ' ORDER BY o::text)) FROM pg_seclabel o
UNION ALL SELECT 'extensions', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_extension o
UNION ALL SELECT 'languages', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_language o
UNION ALL SELECT 'privileges', md5(string_agg(o::text, ' ' ORDER BY o::text)) FROM pg_default_acl o
UNION ALL SELECT 'event triggers', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_event_trigger o
UNION ALL SELECT 'foreign servers', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_foreign_server o
UNION ALL SELECT 'publications', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_publication o
UNION ALL SELECT 'statistics', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_statistic_ext o
UNION ALL SELECT 'conversions', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_conversion o WHERE oid >= 16384
UNION ALL SELECT 'what the server came with', concat(max(c.oid), ' ', (SELECT count(*) FROM pg_proc), ' ', (SELECT count(*) FROM pg_collation)) FROM pg_collation c WHERE c.oid >= 16384
UNION ALL SELECT 'large objects', md5(string_agg(o::text, ' ' ORDER BY o::text)) FROM pg_largeobject o
UNION ALL SELECT 'large objects that are', md5(string_agg(o::text, ' ' ORDER BY o::text)) FROM pg_largeobject_metadata o
UNION ALL SELECT 'roles', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_authid o
UNION ALL SELECT 'members', md5(string_agg(o::text, ' ' ORDER BY o::text)) FROM pg_auth_members o
UNION ALL SELECT 'settings of roles', md5(string_agg(o::text, ' ' ORDER BY o::text)) FROM pg_db_role_setting o
UNION ALL SELECT 'databases', md5(string_agg(concat_ws(',', datname, datdba, datacl, datallowconn, datconnlimit), ' ' ORDER BY oid)) FROM pg_database o
UNION ALL SELECT 'tablespaces', md5(string_agg(o::text, ' ' ORDER BY oid)) FROM pg_tablespace o
UNION ALL SELECT 'subscriptions', md5(string_agg(o.oid::text, ' ' ORDER BY oid)) FROM pg_subscription o
UNION ALL SELECT 'replication slots', md5(string_agg(slot_name, ' ')) FROM pg_replication_slots o
UNION ALL SELECT 'prepared transactions', md5(string_agg(gid, ' ')) FROM pg_prepared_xacts o
UNION ALL SELECT 'settings of the server', md5(pg_read_file('postgresql.auto.conf'))
UNION ALL SELECT 'settings in force', md5(string_agg(name || setting, ' ' ORDER BY name)) FROM pg_settings WHERE source NOT IN ('client', 'session')
