-- Judges every function name of pg_catalog: t, the names that are safe to call by any role that may read; f, the rest.
-- Run with `psql -At`; its two lines are the lists of BuiltinFunctions+Names.swift. A name is safe only if every overload is.
with builtin as (
  select proname, bool_or(provolatile = 'v') as is_volatile
    from pg_proc where pronamespace = 'pg_catalog'::regnamespace group by proname
), judged as (
  select proname,
    proname !~ '(_to_xml|_to_xmlschema|_and_xmlschema)$|^(RI_FKey|binary_upgrade|fmgr_|dsnowball|pg_event_trigger_)|(handler|validator)$'
    and proname !~ '^pg_stat_get_(activity|backend_.*|wal_senders|wal_receiver|subscription|replication_slot|progress_info)$'
    and proname not in ('pg_get_replication_slots', 'pg_tablespace_databases', 'pg_replication_origin_oid', 'pg_prepared_xact', 'pg_relation_filepath', 'pg_tablespace_location')
    and (not is_volatile or proname in (
      'bernoulli', 'system', 'clock_timestamp', 'current_query', 'currval', 'lastval', 'gen_random_uuid', 'random', 'setseed',
      'timeofday', 'pg_advisory_unlock', 'pg_advisory_unlock_all', 'pg_advisory_unlock_shared', 'pg_collation_actual_version',
      'pg_database_collation_actual_version', 'pg_current_wal_flush_lsn', 'pg_current_wal_insert_lsn', 'pg_current_wal_lsn',
      'pg_database_size', 'pg_export_snapshot', 'pg_indexes_size', 'pg_is_in_recovery', 'pg_is_wal_replay_paused', 'pg_jit_available',
      'pg_last_wal_receive_lsn', 'pg_last_wal_replay_lsn', 'pg_last_xact_replay_timestamp', 'pg_partition_ancestors',
      'pg_partition_tree', 'pg_relation_size', 'pg_sequence_last_value', 'pg_table_size', 'pg_tablespace_size',
      'pg_total_relation_size', 'pg_xact_commit_timestamp', 'pg_xact_commit_timestamp_origin', 'pg_xact_status', 'txid_status')
      or proname ~ '^pg_stat_get_xact_') as is_safe
    from builtin)
select is_safe, string_agg(proname, ' ' order by proname collate "C") from judged group by 1 order by 1;
