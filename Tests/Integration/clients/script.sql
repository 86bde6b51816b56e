-- What a psql user does, with output that is the same on every run: it is compared byte for byte with a direct connection.
\set ON_ERROR_STOP 0
\set VERBOSITY verbose
\pset null '(null)'
\timing off
SELECT id, status, total FROM public.orders WHERE id < 5 ORDER BY id;
SELECT count(*), sum(total) FROM public.orders; SELECT 2 AS second; SELECT 3 AS third \; SELECT 4 AS fourth;
SELECT id, total, note FROM public.orders \gdesc
SELECT id, note FROM public.orders WHERE id IN (9, 10) ORDER BY id \gx
-- Errors: the text, the position, the SQLSTATE and the hint are the target's own.
SELECT id, '1 apple'::integer FROM public.orders;
SELECT substr(id) FROM public.orders;
SELECT 1/0;
INSERT INTO public.orders (id, customer_id, total) VALUES (1, 1, 1);
UPDATE public.orders SET status = 'lost' WHERE id = 1;
-- A failed transaction stays failed until it is rolled back.
BEGIN;
UPDATE public.orders SET status = 'done' WHERE id = 1;
SAVEPOINT one;
SELECT 1/0;
SELECT 'not run';
ROLLBACK TO SAVEPOINT one;
SELECT status FROM public.orders WHERE id = 1;
ROLLBACK;
SELECT status FROM public.orders WHERE id = 1;
-- Prepared by hand.
PREPARE by_id (integer) AS SELECT id, total FROM public.orders WHERE id = $1;
EXECUTE by_id (7);
DEALLOCATE by_id;
-- Cursors.
BEGIN;
DECLARE walk CURSOR FOR SELECT id FROM public.orders ORDER BY id;
FETCH 3 FROM walk;
MOVE 2 IN walk;
FETCH BACKWARD 1 FROM walk;
CLOSE walk;
COMMIT;
-- COPY both ways.
\copy (SELECT id, status FROM public.orders WHERE id <= 3 ORDER BY id) TO STDOUT WITH (FORMAT csv, HEADER)
CREATE TEMPORARY TABLE loaded (id integer, note text);
\copy loaded FROM STDIN WITH (FORMAT csv)
1,one
2,"two, with a comma"
3,"three
on two lines"
\.
SELECT * FROM loaded ORDER BY id;
COPY loaded TO STDOUT;
\copy loaded FROM STDIN WITH (FORMAT csv)
4,four
no number,five
\.
SELECT count(*) FROM loaded;
-- Settings, notices, notifications.
SET TIME ZONE 'Europe/Lisbon';
SHOW TimeZone;
SELECT '2026-11-23 22:13:47+00'::timestamptz;
SET search_path = public;
SELECT count(*) FROM orders;
RESET search_path;
DROP TABLE IF EXISTS public.never_was;
-- The catalog, as psql reads it.
\d public.orders
\dt public.(orders|customers)
\dv public.open*
\di public.orders*
\ds public.order*
\dn public
\df public.*
\l orders
\encoding
-- An empty statement, comments alone, and a long one.
;
/* nothing */;
\set long `printf 'x%.0s' $(seq 1 100000)`
SELECT length(:'long');
\echo done
